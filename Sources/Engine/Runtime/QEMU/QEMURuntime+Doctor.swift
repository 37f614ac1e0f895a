internal import Foundation

extension QEMURuntime {
  /// Examines QEMU on this machine: whether it is there, how guests are accelerated and why, and where VMs are kept.
  ///
  /// Never throws: what cannot be asked is itself a finding.
  public func doctorFindings() async -> [DoctorFinding] {
    guard let executable = configuration.findExecutable() else {
      return [
        DoctorFinding(
          level: .ok, check: "qemu",
          message: "there is no executable \(configuration.executable): no unikernel can be run",
          remedy: "where unikernels are wanted: `apt install qemu-system-x86`")
      ]
    }
    var findings = [DoctorFinding(level: .ok, check: "qemu", message: "installed as \(executable)")]
    let choice = await accelerator.choice(executable: executable)
    findings.append(
      DoctorFinding(
        level: choice.name == "kvm" || configuration.acceleration == .tcg ? .ok : .warning,
        check: "acceleration",
        message: "guests run under \(choice.name): \(choice.reason)",
        remedy: choice.name == "kvm"
          ? nil
          : "without KVM a guest takes many times the processor time; where /dev/kvm may not be opened, the agent's user is missing in the group kvm (`usermod --append --groups kvm mcp`, then restart the agent)"
      ))
    let capacity = configuration.memory ?? VMMemory.capacity(ofMachine: VMMemory.machine)
    let used = store.all().filter(\.isAlive).compactMap(\.component.memory).reduce(0, +)
    findings.append(
      DoctorFinding(
        level: .ok, check: "memory for VMs", message: "\(used >> 20) of \(capacity >> 20) MiB are used"))
    let hasScopes =
      VMScope.command(executable, [], id: "", environment: configuration.environment).executable != executable
    findings.append(
      DoctorFinding(
        level: .ok, check: "VMs and the agent's end",
        message: hasScopes
          ? "each VM has a scope of the user's systemd"
          : "there is no systemd of this user: a VM has a session of its own, and ends with the agent's control group if that is killed"
      ))
    return findings
  }
}

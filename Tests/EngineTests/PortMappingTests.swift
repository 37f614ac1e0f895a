import Engine
import Testing

@Suite struct PortMappingTests {
  @Test func `a port on every address collides with the same port on one address`() {
    let every = PortMapping(hostPort: 80, containerPort: 80)
    let one = PortMapping(hostIP: "127.0.0.1", hostPort: 80, containerPort: 8080)
    #expect(every.collides(with: one))
    #expect(!one.collides(with: PortMapping(hostIP: "127.0.0.2", hostPort: 80, containerPort: 80)))
  }
}

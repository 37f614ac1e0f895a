import Testing

@testable import Shell

@Suite struct LineDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    LineDiff.unified(from: old, to: new, oldName: "a", newName: "b", style: .plain)
  }

  @Test func `the same text has no diff`() {
    #expect(diff("a\nb\n", "a\nb\n") == "")
  }

  @Test func `a change is shown with the lines around it`() {
    let old = (1...12).map { "line \($0)\n" }.joined()
    #expect(
      diff(old, old.replacing("line 6\n", with: "line six\n")) == """
        --- a
        +++ b
        @@ -3,7 +3,7 @@
         line 3
         line 4
         line 5
        -line 6
        +line six
         line 7
         line 8
         line 9

        """)
  }

  @Test func `changes far apart are hunks of their own`() {
    let old = (1...30).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 2\n", with: "").replacing("line 28\n", with: "line 28\nmore\n")
    let text = diff(old, new)
    #expect(text.contains("@@ -1,5 +1,4 @@\n line 1\n-line 2\n"))
    #expect(text.contains("@@ -26,5 +25,6 @@\n line 26\n line 27\n line 28\n+more\n line 29\n line 30\n"))
  }

  @Test func `text that appears or vanishes is shown whole`() {
    #expect(diff("", "a\n") == "--- a\n+++ b\n@@ -0,0 +1,1 @@\n+a\n")
    #expect(diff("a\n", "") == "--- a\n+++ b\n@@ -1,1 +0,0 @@\n-a\n")
  }

  @Test func `a missing last newline is a change`() {
    #expect(
      diff("a\n", "a") == "--- a\n+++ b\n@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file\n")
  }
}

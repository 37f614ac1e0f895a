import Engine
import TestSupport
import Testing

/// Suites that change what other suites look at run one after another in here.
@Suite(.serialized) struct Serial {}

/// The control plane of one node, as its agent serves it.
///
/// A client in any language can be written from this file. What it must know beside the messages:
///
/// # Where
///
/// The agent listens on a unix stream socket and speaks gRPC over cleartext HTTP/2 ("h2c", prior
/// knowledge). The socket's path is set in the agent's configuration ([server] socket); by convention it
/// is
///
///     $XDG_RUNTIME_DIR/mcp/agent.sock      that is /run/user/<uid of the agent's user>/mcp/agent.sock
///
/// Where the configuration has a [server] listen, it also listens on TCP and speaks the same over TLS 1.3, with ALPN
/// "h2". It shows its certificate followed by that of its CA.
///
/// Most gRPC libraries take the target "unix:/run/user/850/mcp/agent.sock". The :authority header is not
/// interpreted; send "localhost" where a library would otherwise derive one from the path that is no valid
/// authority (grpcio: channel option "grpc.default_authority").
///
/// # Who
///
/// On the socket there is nothing to log in with: the agent takes the caller's uid from the kernel (SO_PEERCRED).
///
///     root and the agent's own user                   admin
///     members of the group in the configuration       the role in the configuration
///     everybody else                                   refused with PERMISSION_DENIED
///
/// Over TCP every call carries "authorization: Bearer <token>" (RFC 6750). The token is one that the node has issued
/// (CreateToken), or one of the MCIAS that it is configured with. Without one, and with one that is not valid, a call
/// ends with UNAUTHENTICATED; with one that allows less than the method needs, with PERMISSION_DENIED.
///
/// Request headers named mcp-peer-... are set by the agent itself; what a client sends there is removed.
/// Each method names the least role that may call it: viewer < operator < admin.
///
/// # Errors
///
/// A call that fails ends with a gRPC status. Its trailer "grpc-status-details-bin" holds a
/// google.rpc.Status with, in `details`:
///
///   - always a google.rpc.ErrorInfo: domain "mcp"; reason is the kind of failure, one of the words below;
///     metadata may hold "cause" (the words of whoever reported the failure), "hint" (what to do next),
///     "service" and "component". A key that is absent is not known.
///   - an mcp.v1.ErrorDetail if there is more to say, line by line.
///
/// google.rpc.Status.message says in one sentence what was being done, to what, and why it failed;
/// "grpc-message" is the same text, cut where it is long. All of it together stays below 8 KiB; what was
/// left out for that is marked with "…". Decide on `reason` and never on a text. A reason that a client does
/// not know is to be treated like its gRPC status.
///
///     reason               gRPC status           meaning
///     invalid_argument     INVALID_ARGUMENT      the request is wrong; the text names the field
///     not_found            NOT_FOUND             service, component, container, image … does not exist
///     already_exists       ALREADY_EXISTS        something of that name is there and is not the agent's
///     conflict             ABORTED               another party holds what is needed, such as a host port
///     failed_precondition  FAILED_PRECONDITION   not possible in the present state
///     permission_denied    PERMISSION_DENIED     the caller is known and may not do this
///     unauthenticated      UNAUTHENTICATED       the caller is not known
///     timeout              DEADLINE_EXCEEDED     a deadline passed
///     unavailable          UNAVAILABLE           the runtime cannot be reached, or the agent shuts down
///     resource_exhausted   RESOURCE_EXHAUSTED    the disk is full, or a limit is reached
///     unsupported          UNIMPLEMENTED         this node cannot do this, or it is not built yet
///     data_loss            DATA_LOSS             stored state is damaged
///     cancelled            CANCELLED             the caller ended the wait
///     operation_failed     UNKNOWN               it was tried and failed, such as a container that ended
///     internal             INTERNAL              a defect in the agent
///
/// A status without an ErrorInfo of domain "mcp" comes from the transport. UNAVAILABLE there means that the
/// connection is gone; what became of an operation that was under way is in Events.
///
/// # Waiting, deadlines, idempotency
///
/// A client sets its own deadline (grpc-timeout). 30 s is plenty for the unary methods but Doctor, which
/// takes up to 2 minutes. Operations (the methods that answer OperationUpdate) have deadlines of
/// their own for each step and need none from the client; logs, events and exec may last forever.
/// Cancelling a call, or a deadline that passes, ends the wait: an operation that has begun is finished or
/// undone by the agent, and its outcome is an event.
///
/// Every operation states what should be true and can be repeated without harm: deploying what is
/// deployed unchanged, starting what runs, stopping what is stopped succeed with `changed` false.
/// Undeploying what is not deployed is NOT_FOUND. Operations on one service are done one after another.
/// Exec is the exception: repeating it runs the command again.
///
/// # Limits
///
/// 16 MiB a message in either direction, 100 calls at once on a connection, 64 connections a user or address. Pings
/// more often than every 10 s are answered with GOAWAY. No compression.
///
/// # Growing
///
/// Fields are added, never renumbered. Ignore fields and enum values that you do not know; an enum value 0
/// (…_UNSPECIFIED) is treated as described at the field. Only in a definition (Service and what it
/// contains) is an unknown enum value refused by the agent: it would run something else than was meant.
///
/// Times are google.protobuf.Timestamp in UTC, durations are integers with the unit in the name (_ms),
/// sizes are in bytes (_bytes).
///
/// The agent also serves grpc.health.v1.Health for the services "" and "mcp.v1.ControlPlane"; over TCP to holders of a
/// token, whatever their role.

// DO NOT EDIT.
// swift-format-ignore-file
// swiftlint:disable all
//
// Generated by the gRPC Swift generator plugin for the protocol buffer compiler.
// Source: mcp/v1/mcp.proto
//
// For information on using the generated types, please see the documentation:
//   https://github.com/grpc/grpc-swift

package import GRPCCore
internal import GRPCProtobuf

// MARK: - mcp.v1.ControlPlane

/// Namespace containing generated types for the "mcp.v1.ControlPlane" service.
@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
package enum Mcp_V1_ControlPlane: Sendable {
    /// Service descriptor for the "mcp.v1.ControlPlane" service.
    package static let descriptor = GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane")
    /// Namespace for method metadata.
    package enum Method: Sendable {
        /// Namespace for "Deploy" metadata.
        package enum Deploy: Sendable {
            /// Request type for "Deploy".
            package typealias Input = Mcp_V1_DeployRequest
            /// Response type for "Deploy".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Deploy".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Deploy",
                type: .serverStreaming
            )
        }
        /// Namespace for "Undeploy" metadata.
        package enum Undeploy: Sendable {
            /// Request type for "Undeploy".
            package typealias Input = Mcp_V1_UndeployRequest
            /// Response type for "Undeploy".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Undeploy".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Undeploy",
                type: .serverStreaming
            )
        }
        /// Namespace for "Start" metadata.
        package enum Start: Sendable {
            /// Request type for "Start".
            package typealias Input = Mcp_V1_StartRequest
            /// Response type for "Start".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Start".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Start",
                type: .serverStreaming
            )
        }
        /// Namespace for "Stop" metadata.
        package enum Stop: Sendable {
            /// Request type for "Stop".
            package typealias Input = Mcp_V1_StopRequest
            /// Response type for "Stop".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Stop".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Stop",
                type: .serverStreaming
            )
        }
        /// Namespace for "Restart" metadata.
        package enum Restart: Sendable {
            /// Request type for "Restart".
            package typealias Input = Mcp_V1_RestartRequest
            /// Response type for "Restart".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Restart".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Restart",
                type: .serverStreaming
            )
        }
        /// Namespace for "Rollback" metadata.
        package enum Rollback: Sendable {
            /// Request type for "Rollback".
            package typealias Input = Mcp_V1_RollbackRequest
            /// Response type for "Rollback".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Rollback".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Rollback",
                type: .serverStreaming
            )
        }
        /// Namespace for "Sync" metadata.
        package enum Sync: Sendable {
            /// Request type for "Sync".
            package typealias Input = Mcp_V1_SyncRequest
            /// Response type for "Sync".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Sync".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Sync",
                type: .serverStreaming
            )
        }
        /// Namespace for "Recover" metadata.
        package enum Recover: Sendable {
            /// Request type for "Recover".
            package typealias Input = Mcp_V1_RecoverRequest
            /// Response type for "Recover".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Recover".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Recover",
                type: .serverStreaming
            )
        }
        /// Namespace for "Adopt" metadata.
        package enum Adopt: Sendable {
            /// Request type for "Adopt".
            package typealias Input = Mcp_V1_AdoptRequest
            /// Response type for "Adopt".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Adopt".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Adopt",
                type: .serverStreaming
            )
        }
        /// Namespace for "Boot" metadata.
        package enum Boot: Sendable {
            /// Request type for "Boot".
            package typealias Input = Mcp_V1_BootRequest
            /// Response type for "Boot".
            package typealias Output = Mcp_V1_OperationUpdate
            /// Descriptor for "Boot".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Boot",
                type: .serverStreaming
            )
        }
        /// Namespace for "List" metadata.
        package enum List: Sendable {
            /// Request type for "List".
            package typealias Input = Mcp_V1_ListRequest
            /// Response type for "List".
            package typealias Output = Mcp_V1_ListResponse
            /// Descriptor for "List".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "List",
                type: .unary
            )
        }
        /// Namespace for "Ps" metadata.
        package enum Ps: Sendable {
            /// Request type for "Ps".
            package typealias Input = Mcp_V1_PsRequest
            /// Response type for "Ps".
            package typealias Output = Mcp_V1_PsResponse
            /// Descriptor for "Ps".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Ps",
                type: .unary
            )
        }
        /// Namespace for "Status" metadata.
        package enum Status: Sendable {
            /// Request type for "Status".
            package typealias Input = Mcp_V1_StatusRequest
            /// Response type for "Status".
            package typealias Output = Mcp_V1_StatusResponse
            /// Descriptor for "Status".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Status",
                type: .unary
            )
        }
        /// Namespace for "GetService" metadata.
        package enum GetService: Sendable {
            /// Request type for "GetService".
            package typealias Input = Mcp_V1_GetServiceRequest
            /// Response type for "GetService".
            package typealias Output = Mcp_V1_GetServiceResponse
            /// Descriptor for "GetService".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "GetService",
                type: .unary
            )
        }
        /// Namespace for "History" metadata.
        package enum History: Sendable {
            /// Request type for "History".
            package typealias Input = Mcp_V1_HistoryRequest
            /// Response type for "History".
            package typealias Output = Mcp_V1_HistoryResponse
            /// Descriptor for "History".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "History",
                type: .unary
            )
        }
        /// Namespace for "GetNode" metadata.
        package enum GetNode: Sendable {
            /// Request type for "GetNode".
            package typealias Input = Mcp_V1_GetNodeRequest
            /// Response type for "GetNode".
            package typealias Output = Mcp_V1_GetNodeResponse
            /// Descriptor for "GetNode".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "GetNode",
                type: .unary
            )
        }
        /// Namespace for "Doctor" metadata.
        package enum Doctor: Sendable {
            /// Request type for "Doctor".
            package typealias Input = Mcp_V1_DoctorRequest
            /// Response type for "Doctor".
            package typealias Output = Mcp_V1_DoctorResponse
            /// Descriptor for "Doctor".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Doctor",
                type: .unary
            )
        }
        /// Namespace for "Logs" metadata.
        package enum Logs: Sendable {
            /// Request type for "Logs".
            package typealias Input = Mcp_V1_LogsRequest
            /// Response type for "Logs".
            package typealias Output = Mcp_V1_LogsResponse
            /// Descriptor for "Logs".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Logs",
                type: .serverStreaming
            )
        }
        /// Namespace for "Events" metadata.
        package enum Events: Sendable {
            /// Request type for "Events".
            package typealias Input = Mcp_V1_EventsRequest
            /// Response type for "Events".
            package typealias Output = Mcp_V1_EventsResponse
            /// Descriptor for "Events".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Events",
                type: .serverStreaming
            )
        }
        /// Namespace for "ListScripts" metadata.
        package enum ListScripts: Sendable {
            /// Request type for "ListScripts".
            package typealias Input = Mcp_V1_ListScriptsRequest
            /// Response type for "ListScripts".
            package typealias Output = Mcp_V1_ListScriptsResponse
            /// Descriptor for "ListScripts".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "ListScripts",
                type: .unary
            )
        }
        /// Namespace for "CheckScripts" metadata.
        package enum CheckScripts: Sendable {
            /// Request type for "CheckScripts".
            package typealias Input = Mcp_V1_CheckScriptsRequest
            /// Response type for "CheckScripts".
            package typealias Output = Mcp_V1_CheckScriptsResponse
            /// Descriptor for "CheckScripts".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "CheckScripts",
                type: .unary
            )
        }
        /// Namespace for "ReloadScripts" metadata.
        package enum ReloadScripts: Sendable {
            /// Request type for "ReloadScripts".
            package typealias Input = Mcp_V1_ReloadScriptsRequest
            /// Response type for "ReloadScripts".
            package typealias Output = Mcp_V1_ReloadScriptsResponse
            /// Descriptor for "ReloadScripts".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "ReloadScripts",
                type: .unary
            )
        }
        /// Namespace for "ListAlerts" metadata.
        package enum ListAlerts: Sendable {
            /// Request type for "ListAlerts".
            package typealias Input = Mcp_V1_ListAlertsRequest
            /// Response type for "ListAlerts".
            package typealias Output = Mcp_V1_ListAlertsResponse
            /// Descriptor for "ListAlerts".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "ListAlerts",
                type: .unary
            )
        }
        /// Namespace for "Silence" metadata.
        package enum Silence: Sendable {
            /// Request type for "Silence".
            package typealias Input = Mcp_V1_SilenceRequest
            /// Response type for "Silence".
            package typealias Output = Mcp_V1_SilenceResponse
            /// Descriptor for "Silence".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Silence",
                type: .unary
            )
        }
        /// Namespace for "Unsilence" metadata.
        package enum Unsilence: Sendable {
            /// Request type for "Unsilence".
            package typealias Input = Mcp_V1_UnsilenceRequest
            /// Response type for "Unsilence".
            package typealias Output = Mcp_V1_UnsilenceResponse
            /// Descriptor for "Unsilence".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Unsilence",
                type: .unary
            )
        }
        /// Namespace for "TestAlerts" metadata.
        package enum TestAlerts: Sendable {
            /// Request type for "TestAlerts".
            package typealias Input = Mcp_V1_TestAlertsRequest
            /// Response type for "TestAlerts".
            package typealias Output = Mcp_V1_TestAlertsResponse
            /// Descriptor for "TestAlerts".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "TestAlerts",
                type: .unary
            )
        }
        /// Namespace for "ListSecrets" metadata.
        package enum ListSecrets: Sendable {
            /// Request type for "ListSecrets".
            package typealias Input = Mcp_V1_ListSecretsRequest
            /// Response type for "ListSecrets".
            package typealias Output = Mcp_V1_ListSecretsResponse
            /// Descriptor for "ListSecrets".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "ListSecrets",
                type: .unary
            )
        }
        /// Namespace for "SetSecret" metadata.
        package enum SetSecret: Sendable {
            /// Request type for "SetSecret".
            package typealias Input = Mcp_V1_SetSecretRequest
            /// Response type for "SetSecret".
            package typealias Output = Mcp_V1_SetSecretResponse
            /// Descriptor for "SetSecret".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "SetSecret",
                type: .unary
            )
        }
        /// Namespace for "RemoveSecret" metadata.
        package enum RemoveSecret: Sendable {
            /// Request type for "RemoveSecret".
            package typealias Input = Mcp_V1_RemoveSecretRequest
            /// Response type for "RemoveSecret".
            package typealias Output = Mcp_V1_RemoveSecretResponse
            /// Descriptor for "RemoveSecret".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "RemoveSecret",
                type: .unary
            )
        }
        /// Namespace for "ListTokens" metadata.
        package enum ListTokens: Sendable {
            /// Request type for "ListTokens".
            package typealias Input = Mcp_V1_ListTokensRequest
            /// Response type for "ListTokens".
            package typealias Output = Mcp_V1_ListTokensResponse
            /// Descriptor for "ListTokens".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "ListTokens",
                type: .unary
            )
        }
        /// Namespace for "CreateToken" metadata.
        package enum CreateToken: Sendable {
            /// Request type for "CreateToken".
            package typealias Input = Mcp_V1_CreateTokenRequest
            /// Response type for "CreateToken".
            package typealias Output = Mcp_V1_CreateTokenResponse
            /// Descriptor for "CreateToken".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "CreateToken",
                type: .unary
            )
        }
        /// Namespace for "RevokeToken" metadata.
        package enum RevokeToken: Sendable {
            /// Request type for "RevokeToken".
            package typealias Input = Mcp_V1_RevokeTokenRequest
            /// Response type for "RevokeToken".
            package typealias Output = Mcp_V1_RevokeTokenResponse
            /// Descriptor for "RevokeToken".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "RevokeToken",
                type: .unary
            )
        }
        /// Namespace for "Push" metadata.
        package enum Push: Sendable {
            /// Request type for "Push".
            package typealias Input = Mcp_V1_PushRequest
            /// Response type for "Push".
            package typealias Output = Mcp_V1_PushResponse
            /// Descriptor for "Push".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Push",
                type: .bidirectionalStreaming
            )
        }
        /// Namespace for "Pull" metadata.
        package enum Pull: Sendable {
            /// Request type for "Pull".
            package typealias Input = Mcp_V1_PullRequest
            /// Response type for "Pull".
            package typealias Output = Mcp_V1_PullResponse
            /// Descriptor for "Pull".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Pull",
                type: .serverStreaming
            )
        }
        /// Namespace for "Exec" metadata.
        package enum Exec: Sendable {
            /// Request type for "Exec".
            package typealias Input = Mcp_V1_ExecRequest
            /// Response type for "Exec".
            package typealias Output = Mcp_V1_ExecResponse
            /// Descriptor for "Exec".
            package static let descriptor = GRPCCore.MethodDescriptor(
                service: GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane"),
                method: "Exec",
                type: .bidirectionalStreaming
            )
        }
        /// Descriptors for all methods in the "mcp.v1.ControlPlane" service.
        package static let descriptors: [GRPCCore.MethodDescriptor] = [
            Deploy.descriptor,
            Undeploy.descriptor,
            Start.descriptor,
            Stop.descriptor,
            Restart.descriptor,
            Rollback.descriptor,
            Sync.descriptor,
            Recover.descriptor,
            Adopt.descriptor,
            Boot.descriptor,
            List.descriptor,
            Ps.descriptor,
            Status.descriptor,
            GetService.descriptor,
            History.descriptor,
            GetNode.descriptor,
            Doctor.descriptor,
            Logs.descriptor,
            Events.descriptor,
            ListScripts.descriptor,
            CheckScripts.descriptor,
            ReloadScripts.descriptor,
            ListAlerts.descriptor,
            Silence.descriptor,
            Unsilence.descriptor,
            TestAlerts.descriptor,
            ListSecrets.descriptor,
            SetSecret.descriptor,
            RemoveSecret.descriptor,
            ListTokens.descriptor,
            CreateToken.descriptor,
            RevokeToken.descriptor,
            Push.descriptor,
            Pull.descriptor,
            Exec.descriptor
        ]
    }
}

@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension GRPCCore.ServiceDescriptor {
    /// Service descriptor for the "mcp.v1.ControlPlane" service.
    package static let mcp_v1_ControlPlane = GRPCCore.ServiceDescriptor(fullyQualifiedService: "mcp.v1.ControlPlane")
}

// MARK: mcp.v1.ControlPlane (server)

@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane {
    /// Streaming variant of the service protocol for the "mcp.v1.ControlPlane" service.
    ///
    /// This protocol is the lowest-level of the service protocols generated for this service
    /// giving you the most flexibility over the implementation of your service. This comes at
    /// the cost of more verbose and less strict APIs. Each RPC requires you to implement it in
    /// terms of a request stream and response stream. Where the RPC expects only a single
    /// request or response message, you are responsible for ensuring your implementation
    /// maintains this invariant.
    ///
    /// Where possible, prefer using the stricter, less-verbose ``ServiceProtocol``
    /// or ``SimpleServiceProtocol`` instead.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Everything that `mcp` can do. One method for each primitive.
    package protocol StreamingServiceProtocol: GRPCCore.RegistrableRPCService {
        /// Handle the "Deploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_DeployRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func deploy(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_DeployRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Undeploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops, removes and forgets a service; the data in its directory stays.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_UndeployRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func undeploy(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_UndeployRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Start" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component run.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_StartRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func start(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_StartRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Stop" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component stop.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_StopRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func stop(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_StopRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Restart" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops and starts a deployed service or component.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_RestartRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func restart(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_RestartRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Rollback" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Deploys an earlier revision of a service again, as a new one.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_RollbackRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func rollback(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_RollbackRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Sync" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
        /// > result, and the call succeeds.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_SyncRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func sync(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_SyncRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Recover" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_RecoverRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func recover(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_RecoverRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Adopt" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
        /// > cannot say is FAILED_PRECONDITION unless the request forces it.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_AdoptRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func adopt(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_AdoptRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Boot" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_BootRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func boot(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_BootRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "List" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the services of the registry.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ListRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ListResponse` messages.
        func list(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ListRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListResponse>

        /// Handle the "Ps" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns components as they are.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_PsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_PsResponse` messages.
        func ps(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_PsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PsResponse>

        /// Handle the "Status" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns desired against observed state, drift, recent events and the node.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_StatusRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_StatusResponse` messages.
        func status(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_StatusRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_StatusResponse>

        /// Handle the "GetService" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
        /// > never in it, only their names.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_GetServiceRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_GetServiceResponse` messages.
        func getService(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_GetServiceRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_GetServiceResponse>

        /// Handle the "History" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_HistoryRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_HistoryResponse` messages.
        func history(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_HistoryRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_HistoryResponse>

        /// Handle the "GetNode" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Describes the node and its agent.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_GetNodeRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_GetNodeResponse` messages.
        func getNode(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_GetNodeRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_GetNodeResponse>

        /// Handle the "Doctor" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Examines the node. The call succeeds whatever is found.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_DoctorRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_DoctorResponse` messages.
        func doctor(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_DoctorRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_DoctorResponse>

        /// Handle the "Logs" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
        /// > there, with `follow` when the components are gone or the client cancels.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_LogsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_LogsResponse` messages.
        func logs(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_LogsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_LogsResponse>

        /// Handle the "Events" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
        /// > client cancels.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_EventsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_EventsResponse` messages.
        func events(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_EventsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_EventsResponse>

        /// Handle the "ListScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the agent's scripts and what they are called for. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ListScriptsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ListScriptsResponse` messages.
        func listScripts(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ListScriptsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListScriptsResponse>

        /// Handle the "CheckScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
        /// > is found. Role operator.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_CheckScriptsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_CheckScriptsResponse` messages.
        func checkScripts(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_CheckScriptsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_CheckScriptsResponse>

        /// Handle the "ReloadScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
        /// > which is said in its report; the call succeeds. Role admin.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ReloadScriptsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ReloadScriptsResponse` messages.
        func reloadScripts(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ReloadScriptsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ReloadScriptsResponse>

        /// Handle the "ListAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns what an operator should know of, and what is silenced. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ListAlertsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ListAlertsResponse` messages.
        func listAlerts(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ListAlertsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListAlertsResponse>

        /// Handle the "Silence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_SilenceRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_SilenceResponse` messages.
        func silence(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_SilenceRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_SilenceResponse>

        /// Handle the "Unsilence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_UnsilenceRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_UnsilenceResponse` messages.
        func unsilence(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_UnsilenceRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_UnsilenceResponse>

        /// Handle the "TestAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a test message to every sink, and returns which took it. Role operator.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_TestAlertsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_TestAlertsResponse` messages.
        func testAlerts(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_TestAlertsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_TestAlertsResponse>

        /// Handle the "ListSecrets" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the secrets of services: names, never values. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ListSecretsRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ListSecretsResponse` messages.
        func listSecrets(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ListSecretsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListSecretsResponse>

        /// Handle the "SetSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
        /// > not be deployed. The value that it has already changes nothing. Role operator.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_SetSecretRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_SetSecretResponse` messages.
        func setSecret(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_SetSecretRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_SetSecretResponse>

        /// Handle the "RemoveSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
        /// > FAILED_PRECONDITION. Role operator.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_RemoveSecretRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_RemoveSecretResponse` messages.
        func removeSecret(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_RemoveSecretRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_RemoveSecretResponse>

        /// Handle the "ListTokens" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the tokens that this node has issued; never what they are, only what they allow.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ListTokensRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ListTokensResponse` messages.
        func listTokens(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ListTokensRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListTokensResponse>

        /// Handle the "CreateToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_CreateTokenRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_CreateTokenResponse` messages.
        func createToken(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_CreateTokenRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_CreateTokenResponse>

        /// Handle the "RevokeToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_RevokeTokenRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_RevokeTokenResponse` messages.
        func revokeToken(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_RevokeTokenRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_RevokeTokenResponse>

        /// Handle the "Push" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a file or a directory to a service's directory on the node. Role operator.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
        /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
        /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
        /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
        /// >    error.
        /// > 
        /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
        /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
        /// > same file (size and time) is sent again.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_PushRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_PushResponse` messages.
        func push(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_PushRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PushResponse>

        /// Handle the "Pull" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Fetches a file or a directory from a service's directory. Role admin.
        /// > 
        /// > Answers `opening`, then `parts` as in Push.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_PullRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_PullResponse` messages.
        func pull(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_PullRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PullResponse>

        /// Handle the "Exec" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs a command in a component.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
        /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
        /// >    last `stdin`; the agent sends `stdout` and `stderr`.
        /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
        /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
        /// >    else than 0 is not an error of the call.
        /// > 
        /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
        /// > a command with a terminal ends, another one may go on unseen.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ExecRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ExecResponse` messages.
        func exec(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ExecRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ExecResponse>
    }

    /// Service protocol for the "mcp.v1.ControlPlane" service.
    ///
    /// This protocol is higher level than ``StreamingServiceProtocol`` but lower level than
    /// the ``SimpleServiceProtocol``, it provides access to request and response metadata and
    /// trailing response metadata. If you don't need these then consider using
    /// the ``SimpleServiceProtocol``. If you need fine grained control over your RPCs then
    /// use ``StreamingServiceProtocol``.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Everything that `mcp` can do. One method for each primitive.
    package protocol ServiceProtocol: Mcp_V1_ControlPlane.StreamingServiceProtocol {
        /// Handle the "Deploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_DeployRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func deploy(
            request: GRPCCore.ServerRequest<Mcp_V1_DeployRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Undeploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops, removes and forgets a service; the data in its directory stays.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_UndeployRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func undeploy(
            request: GRPCCore.ServerRequest<Mcp_V1_UndeployRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Start" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component run.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StartRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func start(
            request: GRPCCore.ServerRequest<Mcp_V1_StartRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Stop" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component stop.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StopRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func stop(
            request: GRPCCore.ServerRequest<Mcp_V1_StopRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Restart" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops and starts a deployed service or component.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RestartRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func restart(
            request: GRPCCore.ServerRequest<Mcp_V1_RestartRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Rollback" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Deploys an earlier revision of a service again, as a new one.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RollbackRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func rollback(
            request: GRPCCore.ServerRequest<Mcp_V1_RollbackRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Sync" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
        /// > result, and the call succeeds.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SyncRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func sync(
            request: GRPCCore.ServerRequest<Mcp_V1_SyncRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Recover" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RecoverRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func recover(
            request: GRPCCore.ServerRequest<Mcp_V1_RecoverRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Adopt" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
        /// > cannot say is FAILED_PRECONDITION unless the request forces it.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_AdoptRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func adopt(
            request: GRPCCore.ServerRequest<Mcp_V1_AdoptRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "Boot" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_BootRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_OperationUpdate` messages.
        func boot(
            request: GRPCCore.ServerRequest<Mcp_V1_BootRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>

        /// Handle the "List" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the services of the registry.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_ListResponse` message.
        func list(
            request: GRPCCore.ServerRequest<Mcp_V1_ListRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListResponse>

        /// Handle the "Ps" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns components as they are.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_PsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_PsResponse` message.
        func ps(
            request: GRPCCore.ServerRequest<Mcp_V1_PsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_PsResponse>

        /// Handle the "Status" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns desired against observed state, drift, recent events and the node.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StatusRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_StatusResponse` message.
        func status(
            request: GRPCCore.ServerRequest<Mcp_V1_StatusRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_StatusResponse>

        /// Handle the "GetService" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
        /// > never in it, only their names.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_GetServiceRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_GetServiceResponse` message.
        func getService(
            request: GRPCCore.ServerRequest<Mcp_V1_GetServiceRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_GetServiceResponse>

        /// Handle the "History" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_HistoryRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_HistoryResponse` message.
        func history(
            request: GRPCCore.ServerRequest<Mcp_V1_HistoryRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_HistoryResponse>

        /// Handle the "GetNode" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Describes the node and its agent.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_GetNodeRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_GetNodeResponse` message.
        func getNode(
            request: GRPCCore.ServerRequest<Mcp_V1_GetNodeRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_GetNodeResponse>

        /// Handle the "Doctor" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Examines the node. The call succeeds whatever is found.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_DoctorRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_DoctorResponse` message.
        func doctor(
            request: GRPCCore.ServerRequest<Mcp_V1_DoctorRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_DoctorResponse>

        /// Handle the "Logs" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
        /// > there, with `follow` when the components are gone or the client cancels.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_LogsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_LogsResponse` messages.
        func logs(
            request: GRPCCore.ServerRequest<Mcp_V1_LogsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_LogsResponse>

        /// Handle the "Events" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
        /// > client cancels.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_EventsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_EventsResponse` messages.
        func events(
            request: GRPCCore.ServerRequest<Mcp_V1_EventsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_EventsResponse>

        /// Handle the "ListScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the agent's scripts and what they are called for. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListScriptsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_ListScriptsResponse` message.
        func listScripts(
            request: GRPCCore.ServerRequest<Mcp_V1_ListScriptsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListScriptsResponse>

        /// Handle the "CheckScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
        /// > is found. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_CheckScriptsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_CheckScriptsResponse` message.
        func checkScripts(
            request: GRPCCore.ServerRequest<Mcp_V1_CheckScriptsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_CheckScriptsResponse>

        /// Handle the "ReloadScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
        /// > which is said in its report; the call succeeds. Role admin.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ReloadScriptsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_ReloadScriptsResponse` message.
        func reloadScripts(
            request: GRPCCore.ServerRequest<Mcp_V1_ReloadScriptsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ReloadScriptsResponse>

        /// Handle the "ListAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns what an operator should know of, and what is silenced. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListAlertsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_ListAlertsResponse` message.
        func listAlerts(
            request: GRPCCore.ServerRequest<Mcp_V1_ListAlertsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListAlertsResponse>

        /// Handle the "Silence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SilenceRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_SilenceResponse` message.
        func silence(
            request: GRPCCore.ServerRequest<Mcp_V1_SilenceRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_SilenceResponse>

        /// Handle the "Unsilence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_UnsilenceRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_UnsilenceResponse` message.
        func unsilence(
            request: GRPCCore.ServerRequest<Mcp_V1_UnsilenceRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_UnsilenceResponse>

        /// Handle the "TestAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a test message to every sink, and returns which took it. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_TestAlertsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_TestAlertsResponse` message.
        func testAlerts(
            request: GRPCCore.ServerRequest<Mcp_V1_TestAlertsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_TestAlertsResponse>

        /// Handle the "ListSecrets" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the secrets of services: names, never values. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListSecretsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_ListSecretsResponse` message.
        func listSecrets(
            request: GRPCCore.ServerRequest<Mcp_V1_ListSecretsRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListSecretsResponse>

        /// Handle the "SetSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
        /// > not be deployed. The value that it has already changes nothing. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SetSecretRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_SetSecretResponse` message.
        func setSecret(
            request: GRPCCore.ServerRequest<Mcp_V1_SetSecretRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_SetSecretResponse>

        /// Handle the "RemoveSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
        /// > FAILED_PRECONDITION. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RemoveSecretRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_RemoveSecretResponse` message.
        func removeSecret(
            request: GRPCCore.ServerRequest<Mcp_V1_RemoveSecretRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_RemoveSecretResponse>

        /// Handle the "ListTokens" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the tokens that this node has issued; never what they are, only what they allow.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListTokensRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_ListTokensResponse` message.
        func listTokens(
            request: GRPCCore.ServerRequest<Mcp_V1_ListTokensRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListTokensResponse>

        /// Handle the "CreateToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_CreateTokenRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_CreateTokenResponse` message.
        func createToken(
            request: GRPCCore.ServerRequest<Mcp_V1_CreateTokenRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_CreateTokenResponse>

        /// Handle the "RevokeToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RevokeTokenRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A response containing a single `Mcp_V1_RevokeTokenResponse` message.
        func revokeToken(
            request: GRPCCore.ServerRequest<Mcp_V1_RevokeTokenRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.ServerResponse<Mcp_V1_RevokeTokenResponse>

        /// Handle the "Push" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a file or a directory to a service's directory on the node. Role operator.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
        /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
        /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
        /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
        /// >    error.
        /// > 
        /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
        /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
        /// > same file (size and time) is sent again.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_PushRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_PushResponse` messages.
        func push(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_PushRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PushResponse>

        /// Handle the "Pull" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Fetches a file or a directory from a service's directory. Role admin.
        /// > 
        /// > Answers `opening`, then `parts` as in Push.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_PullRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_PullResponse` messages.
        func pull(
            request: GRPCCore.ServerRequest<Mcp_V1_PullRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PullResponse>

        /// Handle the "Exec" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs a command in a component.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
        /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
        /// >    last `stdin`; the agent sends `stdout` and `stderr`.
        /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
        /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
        /// >    else than 0 is not an error of the call.
        /// > 
        /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
        /// > a command with a terminal ends, another one may go on unseen.
        ///
        /// - Parameters:
        ///   - request: A streaming request of `Mcp_V1_ExecRequest` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A streaming response of `Mcp_V1_ExecResponse` messages.
        func exec(
            request: GRPCCore.StreamingServerRequest<Mcp_V1_ExecRequest>,
            context: GRPCCore.ServerContext
        ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ExecResponse>
    }

    /// Simple service protocol for the "mcp.v1.ControlPlane" service.
    ///
    /// This is the highest level protocol for the service. The API is the easiest to use but
    /// doesn't provide access to request or response metadata. If you need access to these
    /// then use ``ServiceProtocol`` instead.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Everything that `mcp` can do. One method for each primitive.
    package protocol SimpleServiceProtocol: Mcp_V1_ControlPlane.ServiceProtocol {
        /// Handle the "Deploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_DeployRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func deploy(
            request: Mcp_V1_DeployRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Undeploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops, removes and forgets a service; the data in its directory stays.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_UndeployRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func undeploy(
            request: Mcp_V1_UndeployRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Start" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component run.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_StartRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func start(
            request: Mcp_V1_StartRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Stop" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component stop.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_StopRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func stop(
            request: Mcp_V1_StopRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Restart" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops and starts a deployed service or component.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_RestartRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func restart(
            request: Mcp_V1_RestartRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Rollback" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Deploys an earlier revision of a service again, as a new one.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_RollbackRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func rollback(
            request: Mcp_V1_RollbackRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Sync" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
        /// > result, and the call succeeds.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_SyncRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func sync(
            request: Mcp_V1_SyncRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Recover" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_RecoverRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func recover(
            request: Mcp_V1_RecoverRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Adopt" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
        /// > cannot say is FAILED_PRECONDITION unless the request forces it.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_AdoptRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func adopt(
            request: Mcp_V1_AdoptRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Boot" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_BootRequest` message.
        ///   - response: A response stream of `Mcp_V1_OperationUpdate` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func boot(
            request: Mcp_V1_BootRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_OperationUpdate>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "List" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the services of the registry.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_ListRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_ListResponse` to respond with.
        func list(
            request: Mcp_V1_ListRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_ListResponse

        /// Handle the "Ps" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns components as they are.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_PsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_PsResponse` to respond with.
        func ps(
            request: Mcp_V1_PsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_PsResponse

        /// Handle the "Status" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns desired against observed state, drift, recent events and the node.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_StatusRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_StatusResponse` to respond with.
        func status(
            request: Mcp_V1_StatusRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_StatusResponse

        /// Handle the "GetService" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
        /// > never in it, only their names.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_GetServiceRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_GetServiceResponse` to respond with.
        func getService(
            request: Mcp_V1_GetServiceRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_GetServiceResponse

        /// Handle the "History" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_HistoryRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_HistoryResponse` to respond with.
        func history(
            request: Mcp_V1_HistoryRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_HistoryResponse

        /// Handle the "GetNode" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Describes the node and its agent.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_GetNodeRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_GetNodeResponse` to respond with.
        func getNode(
            request: Mcp_V1_GetNodeRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_GetNodeResponse

        /// Handle the "Doctor" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Examines the node. The call succeeds whatever is found.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_DoctorRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_DoctorResponse` to respond with.
        func doctor(
            request: Mcp_V1_DoctorRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_DoctorResponse

        /// Handle the "Logs" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
        /// > there, with `follow` when the components are gone or the client cancels.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_LogsRequest` message.
        ///   - response: A response stream of `Mcp_V1_LogsResponse` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func logs(
            request: Mcp_V1_LogsRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_LogsResponse>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Events" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
        /// > client cancels.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_EventsRequest` message.
        ///   - response: A response stream of `Mcp_V1_EventsResponse` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func events(
            request: Mcp_V1_EventsRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_EventsResponse>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "ListScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the agent's scripts and what they are called for. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_ListScriptsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_ListScriptsResponse` to respond with.
        func listScripts(
            request: Mcp_V1_ListScriptsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_ListScriptsResponse

        /// Handle the "CheckScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
        /// > is found. Role operator.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_CheckScriptsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_CheckScriptsResponse` to respond with.
        func checkScripts(
            request: Mcp_V1_CheckScriptsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_CheckScriptsResponse

        /// Handle the "ReloadScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
        /// > which is said in its report; the call succeeds. Role admin.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_ReloadScriptsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_ReloadScriptsResponse` to respond with.
        func reloadScripts(
            request: Mcp_V1_ReloadScriptsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_ReloadScriptsResponse

        /// Handle the "ListAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns what an operator should know of, and what is silenced. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_ListAlertsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_ListAlertsResponse` to respond with.
        func listAlerts(
            request: Mcp_V1_ListAlertsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_ListAlertsResponse

        /// Handle the "Silence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_SilenceRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_SilenceResponse` to respond with.
        func silence(
            request: Mcp_V1_SilenceRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_SilenceResponse

        /// Handle the "Unsilence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_UnsilenceRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_UnsilenceResponse` to respond with.
        func unsilence(
            request: Mcp_V1_UnsilenceRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_UnsilenceResponse

        /// Handle the "TestAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a test message to every sink, and returns which took it. Role operator.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_TestAlertsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_TestAlertsResponse` to respond with.
        func testAlerts(
            request: Mcp_V1_TestAlertsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_TestAlertsResponse

        /// Handle the "ListSecrets" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the secrets of services: names, never values. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_ListSecretsRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_ListSecretsResponse` to respond with.
        func listSecrets(
            request: Mcp_V1_ListSecretsRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_ListSecretsResponse

        /// Handle the "SetSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
        /// > not be deployed. The value that it has already changes nothing. Role operator.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_SetSecretRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_SetSecretResponse` to respond with.
        func setSecret(
            request: Mcp_V1_SetSecretRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_SetSecretResponse

        /// Handle the "RemoveSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
        /// > FAILED_PRECONDITION. Role operator.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_RemoveSecretRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_RemoveSecretResponse` to respond with.
        func removeSecret(
            request: Mcp_V1_RemoveSecretRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_RemoveSecretResponse

        /// Handle the "ListTokens" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the tokens that this node has issued; never what they are, only what they allow.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_ListTokensRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_ListTokensResponse` to respond with.
        func listTokens(
            request: Mcp_V1_ListTokensRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_ListTokensResponse

        /// Handle the "CreateToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_CreateTokenRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_CreateTokenResponse` to respond with.
        func createToken(
            request: Mcp_V1_CreateTokenRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_CreateTokenResponse

        /// Handle the "RevokeToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_RevokeTokenRequest` message.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        /// - Returns: A `Mcp_V1_RevokeTokenResponse` to respond with.
        func revokeToken(
            request: Mcp_V1_RevokeTokenRequest,
            context: GRPCCore.ServerContext
        ) async throws -> Mcp_V1_RevokeTokenResponse

        /// Handle the "Push" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a file or a directory to a service's directory on the node. Role operator.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
        /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
        /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
        /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
        /// >    error.
        /// > 
        /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
        /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
        /// > same file (size and time) is sent again.
        ///
        /// - Parameters:
        ///   - request: A stream of `Mcp_V1_PushRequest` messages.
        ///   - response: A response stream of `Mcp_V1_PushResponse` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func push(
            request: GRPCCore.RPCAsyncSequence<Mcp_V1_PushRequest, any Swift.Error>,
            response: GRPCCore.RPCWriter<Mcp_V1_PushResponse>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Pull" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Fetches a file or a directory from a service's directory. Role admin.
        /// > 
        /// > Answers `opening`, then `parts` as in Push.
        ///
        /// - Parameters:
        ///   - request: A `Mcp_V1_PullRequest` message.
        ///   - response: A response stream of `Mcp_V1_PullResponse` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func pull(
            request: Mcp_V1_PullRequest,
            response: GRPCCore.RPCWriter<Mcp_V1_PullResponse>,
            context: GRPCCore.ServerContext
        ) async throws

        /// Handle the "Exec" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs a command in a component.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
        /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
        /// >    last `stdin`; the agent sends `stdout` and `stderr`.
        /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
        /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
        /// >    else than 0 is not an error of the call.
        /// > 
        /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
        /// > a command with a terminal ends, another one may go on unseen.
        ///
        /// - Parameters:
        ///   - request: A stream of `Mcp_V1_ExecRequest` messages.
        ///   - response: A response stream of `Mcp_V1_ExecResponse` messages.
        ///   - context: Context providing information about the RPC.
        /// - Throws: Any error which occurred during the processing of the request. Thrown errors
        ///     of type `RPCError` are mapped to appropriate statuses. All other errors are converted
        ///     to an internal error.
        func exec(
            request: GRPCCore.RPCAsyncSequence<Mcp_V1_ExecRequest, any Swift.Error>,
            response: GRPCCore.RPCWriter<Mcp_V1_ExecResponse>,
            context: GRPCCore.ServerContext
        ) async throws
    }
}

// Default implementation of 'registerMethods(with:)'.
@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane.StreamingServiceProtocol {
    package func registerMethods<Transport>(with router: inout GRPCCore.RPCRouter<Transport>) where Transport: GRPCCore.ServerTransport {
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Deploy.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_DeployRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.deploy(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Undeploy.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_UndeployRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.undeploy(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Start.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_StartRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.start(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Stop.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_StopRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.stop(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Restart.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RestartRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.restart(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Rollback.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RollbackRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.rollback(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Sync.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_SyncRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.sync(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Recover.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RecoverRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.recover(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Adopt.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_AdoptRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.adopt(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Boot.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_BootRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_OperationUpdate>(),
            handler: { request, context in
                try await self.boot(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.List.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListResponse>(),
            handler: { request, context in
                try await self.list(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Ps.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_PsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_PsResponse>(),
            handler: { request, context in
                try await self.ps(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Status.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_StatusRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_StatusResponse>(),
            handler: { request, context in
                try await self.status(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.GetService.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_GetServiceRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_GetServiceResponse>(),
            handler: { request, context in
                try await self.getService(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.History.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_HistoryRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_HistoryResponse>(),
            handler: { request, context in
                try await self.history(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.GetNode.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_GetNodeRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_GetNodeResponse>(),
            handler: { request, context in
                try await self.getNode(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Doctor.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_DoctorRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_DoctorResponse>(),
            handler: { request, context in
                try await self.doctor(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Logs.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_LogsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_LogsResponse>(),
            handler: { request, context in
                try await self.logs(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Events.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_EventsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_EventsResponse>(),
            handler: { request, context in
                try await self.events(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.ListScripts.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListScriptsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListScriptsResponse>(),
            handler: { request, context in
                try await self.listScripts(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.CheckScripts.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_CheckScriptsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_CheckScriptsResponse>(),
            handler: { request, context in
                try await self.checkScripts(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.ReloadScripts.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ReloadScriptsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ReloadScriptsResponse>(),
            handler: { request, context in
                try await self.reloadScripts(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.ListAlerts.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListAlertsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListAlertsResponse>(),
            handler: { request, context in
                try await self.listAlerts(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Silence.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_SilenceRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_SilenceResponse>(),
            handler: { request, context in
                try await self.silence(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Unsilence.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_UnsilenceRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_UnsilenceResponse>(),
            handler: { request, context in
                try await self.unsilence(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.TestAlerts.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_TestAlertsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_TestAlertsResponse>(),
            handler: { request, context in
                try await self.testAlerts(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.ListSecrets.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListSecretsRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListSecretsResponse>(),
            handler: { request, context in
                try await self.listSecrets(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.SetSecret.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_SetSecretRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_SetSecretResponse>(),
            handler: { request, context in
                try await self.setSecret(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.RemoveSecret.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RemoveSecretRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RemoveSecretResponse>(),
            handler: { request, context in
                try await self.removeSecret(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.ListTokens.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListTokensRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListTokensResponse>(),
            handler: { request, context in
                try await self.listTokens(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.CreateToken.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_CreateTokenRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_CreateTokenResponse>(),
            handler: { request, context in
                try await self.createToken(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.RevokeToken.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RevokeTokenRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RevokeTokenResponse>(),
            handler: { request, context in
                try await self.revokeToken(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Push.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_PushRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_PushResponse>(),
            handler: { request, context in
                try await self.push(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Pull.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_PullRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_PullResponse>(),
            handler: { request, context in
                try await self.pull(
                    request: request,
                    context: context
                )
            }
        )
        router.registerHandler(
            forMethod: Mcp_V1_ControlPlane.Method.Exec.descriptor,
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ExecRequest>(),
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ExecResponse>(),
            handler: { request, context in
                try await self.exec(
                    request: request,
                    context: context
                )
            }
        )
    }
}

// Default implementation of streaming methods from 'StreamingServiceProtocol'.
@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane.ServiceProtocol {
    package func deploy(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_DeployRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.deploy(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func undeploy(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_UndeployRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.undeploy(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func start(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_StartRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.start(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func stop(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_StopRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.stop(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func restart(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_RestartRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.restart(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func rollback(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_RollbackRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.rollback(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func sync(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_SyncRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.sync(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func recover(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_RecoverRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.recover(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func adopt(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_AdoptRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.adopt(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func boot(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_BootRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        let response = try await self.boot(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func list(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ListRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListResponse> {
        let response = try await self.list(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func ps(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_PsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PsResponse> {
        let response = try await self.ps(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func status(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_StatusRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_StatusResponse> {
        let response = try await self.status(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func getService(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_GetServiceRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_GetServiceResponse> {
        let response = try await self.getService(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func history(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_HistoryRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_HistoryResponse> {
        let response = try await self.history(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func getNode(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_GetNodeRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_GetNodeResponse> {
        let response = try await self.getNode(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func doctor(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_DoctorRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_DoctorResponse> {
        let response = try await self.doctor(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func logs(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_LogsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_LogsResponse> {
        let response = try await self.logs(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func events(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_EventsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_EventsResponse> {
        let response = try await self.events(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }

    package func listScripts(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ListScriptsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListScriptsResponse> {
        let response = try await self.listScripts(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func checkScripts(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_CheckScriptsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_CheckScriptsResponse> {
        let response = try await self.checkScripts(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func reloadScripts(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ReloadScriptsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ReloadScriptsResponse> {
        let response = try await self.reloadScripts(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func listAlerts(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ListAlertsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListAlertsResponse> {
        let response = try await self.listAlerts(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func silence(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_SilenceRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_SilenceResponse> {
        let response = try await self.silence(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func unsilence(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_UnsilenceRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_UnsilenceResponse> {
        let response = try await self.unsilence(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func testAlerts(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_TestAlertsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_TestAlertsResponse> {
        let response = try await self.testAlerts(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func listSecrets(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ListSecretsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListSecretsResponse> {
        let response = try await self.listSecrets(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func setSecret(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_SetSecretRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_SetSecretResponse> {
        let response = try await self.setSecret(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func removeSecret(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_RemoveSecretRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_RemoveSecretResponse> {
        let response = try await self.removeSecret(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func listTokens(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ListTokensRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ListTokensResponse> {
        let response = try await self.listTokens(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func createToken(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_CreateTokenRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_CreateTokenResponse> {
        let response = try await self.createToken(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func revokeToken(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_RevokeTokenRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_RevokeTokenResponse> {
        let response = try await self.revokeToken(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return GRPCCore.StreamingServerResponse(single: response)
    }

    package func pull(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_PullRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PullResponse> {
        let response = try await self.pull(
            request: GRPCCore.ServerRequest(stream: request),
            context: context
        )
        return response
    }
}

// Default implementation of methods from 'ServiceProtocol'.
@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane.SimpleServiceProtocol {
    package func deploy(
        request: GRPCCore.ServerRequest<Mcp_V1_DeployRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.deploy(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func undeploy(
        request: GRPCCore.ServerRequest<Mcp_V1_UndeployRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.undeploy(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func start(
        request: GRPCCore.ServerRequest<Mcp_V1_StartRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.start(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func stop(
        request: GRPCCore.ServerRequest<Mcp_V1_StopRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.stop(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func restart(
        request: GRPCCore.ServerRequest<Mcp_V1_RestartRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.restart(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func rollback(
        request: GRPCCore.ServerRequest<Mcp_V1_RollbackRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.rollback(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func sync(
        request: GRPCCore.ServerRequest<Mcp_V1_SyncRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.sync(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func recover(
        request: GRPCCore.ServerRequest<Mcp_V1_RecoverRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.recover(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func adopt(
        request: GRPCCore.ServerRequest<Mcp_V1_AdoptRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.adopt(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func boot(
        request: GRPCCore.ServerRequest<Mcp_V1_BootRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_OperationUpdate>(
            metadata: [:],
            producer: { writer in
                try await self.boot(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func list(
        request: GRPCCore.ServerRequest<Mcp_V1_ListRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_ListResponse>(
            message: try await self.list(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func ps(
        request: GRPCCore.ServerRequest<Mcp_V1_PsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_PsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_PsResponse>(
            message: try await self.ps(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func status(
        request: GRPCCore.ServerRequest<Mcp_V1_StatusRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_StatusResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_StatusResponse>(
            message: try await self.status(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func getService(
        request: GRPCCore.ServerRequest<Mcp_V1_GetServiceRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_GetServiceResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_GetServiceResponse>(
            message: try await self.getService(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func history(
        request: GRPCCore.ServerRequest<Mcp_V1_HistoryRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_HistoryResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_HistoryResponse>(
            message: try await self.history(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func getNode(
        request: GRPCCore.ServerRequest<Mcp_V1_GetNodeRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_GetNodeResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_GetNodeResponse>(
            message: try await self.getNode(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func doctor(
        request: GRPCCore.ServerRequest<Mcp_V1_DoctorRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_DoctorResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_DoctorResponse>(
            message: try await self.doctor(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func logs(
        request: GRPCCore.ServerRequest<Mcp_V1_LogsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_LogsResponse> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_LogsResponse>(
            metadata: [:],
            producer: { writer in
                try await self.logs(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func events(
        request: GRPCCore.ServerRequest<Mcp_V1_EventsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_EventsResponse> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_EventsResponse>(
            metadata: [:],
            producer: { writer in
                try await self.events(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func listScripts(
        request: GRPCCore.ServerRequest<Mcp_V1_ListScriptsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListScriptsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_ListScriptsResponse>(
            message: try await self.listScripts(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func checkScripts(
        request: GRPCCore.ServerRequest<Mcp_V1_CheckScriptsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_CheckScriptsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_CheckScriptsResponse>(
            message: try await self.checkScripts(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func reloadScripts(
        request: GRPCCore.ServerRequest<Mcp_V1_ReloadScriptsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ReloadScriptsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_ReloadScriptsResponse>(
            message: try await self.reloadScripts(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func listAlerts(
        request: GRPCCore.ServerRequest<Mcp_V1_ListAlertsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListAlertsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_ListAlertsResponse>(
            message: try await self.listAlerts(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func silence(
        request: GRPCCore.ServerRequest<Mcp_V1_SilenceRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_SilenceResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_SilenceResponse>(
            message: try await self.silence(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func unsilence(
        request: GRPCCore.ServerRequest<Mcp_V1_UnsilenceRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_UnsilenceResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_UnsilenceResponse>(
            message: try await self.unsilence(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func testAlerts(
        request: GRPCCore.ServerRequest<Mcp_V1_TestAlertsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_TestAlertsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_TestAlertsResponse>(
            message: try await self.testAlerts(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func listSecrets(
        request: GRPCCore.ServerRequest<Mcp_V1_ListSecretsRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListSecretsResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_ListSecretsResponse>(
            message: try await self.listSecrets(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func setSecret(
        request: GRPCCore.ServerRequest<Mcp_V1_SetSecretRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_SetSecretResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_SetSecretResponse>(
            message: try await self.setSecret(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func removeSecret(
        request: GRPCCore.ServerRequest<Mcp_V1_RemoveSecretRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_RemoveSecretResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_RemoveSecretResponse>(
            message: try await self.removeSecret(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func listTokens(
        request: GRPCCore.ServerRequest<Mcp_V1_ListTokensRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_ListTokensResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_ListTokensResponse>(
            message: try await self.listTokens(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func createToken(
        request: GRPCCore.ServerRequest<Mcp_V1_CreateTokenRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_CreateTokenResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_CreateTokenResponse>(
            message: try await self.createToken(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func revokeToken(
        request: GRPCCore.ServerRequest<Mcp_V1_RevokeTokenRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.ServerResponse<Mcp_V1_RevokeTokenResponse> {
        return GRPCCore.ServerResponse<Mcp_V1_RevokeTokenResponse>(
            message: try await self.revokeToken(
                request: request.message,
                context: context
            ),
            metadata: [:]
        )
    }

    package func push(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_PushRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PushResponse> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_PushResponse>(
            metadata: [:],
            producer: { writer in
                try await self.push(
                    request: request.messages,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func pull(
        request: GRPCCore.ServerRequest<Mcp_V1_PullRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_PullResponse> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_PullResponse>(
            metadata: [:],
            producer: { writer in
                try await self.pull(
                    request: request.message,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }

    package func exec(
        request: GRPCCore.StreamingServerRequest<Mcp_V1_ExecRequest>,
        context: GRPCCore.ServerContext
    ) async throws -> GRPCCore.StreamingServerResponse<Mcp_V1_ExecResponse> {
        return GRPCCore.StreamingServerResponse<Mcp_V1_ExecResponse>(
            metadata: [:],
            producer: { writer in
                try await self.exec(
                    request: request.messages,
                    response: writer,
                    context: context
                )
                return [:]
            }
        )
    }
}

// MARK: mcp.v1.ControlPlane (client)

@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane {
    /// Generated client protocol for the "mcp.v1.ControlPlane" service.
    ///
    /// You don't need to implement this protocol directly, use the generated
    /// implementation, ``Client``.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Everything that `mcp` can do. One method for each primitive.
    package protocol ClientProtocol: Sendable {
        /// Call the "Deploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_DeployRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_DeployRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func deploy<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_DeployRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_DeployRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Undeploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops, removes and forgets a service; the data in its directory stays.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_UndeployRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_UndeployRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func undeploy<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_UndeployRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_UndeployRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Start" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component run.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StartRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_StartRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func start<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_StartRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_StartRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Stop" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component stop.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StopRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_StopRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func stop<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_StopRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_StopRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Restart" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops and starts a deployed service or component.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RestartRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RestartRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func restart<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RestartRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RestartRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Rollback" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Deploys an earlier revision of a service again, as a new one.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RollbackRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RollbackRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func rollback<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RollbackRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RollbackRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Sync" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
        /// > result, and the call succeeds.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SyncRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_SyncRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func sync<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_SyncRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_SyncRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Recover" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RecoverRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RecoverRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func recover<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RecoverRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RecoverRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Adopt" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
        /// > cannot say is FAILED_PRECONDITION unless the request forces it.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_AdoptRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_AdoptRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func adopt<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_AdoptRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_AdoptRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Boot" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_BootRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_BootRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func boot<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_BootRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_BootRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "List" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the services of the registry.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func list<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Ps" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns components as they are.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_PsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_PsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_PsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func ps<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_PsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_PsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_PsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_PsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Status" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns desired against observed state, drift, recent events and the node.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StatusRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_StatusRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_StatusResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func status<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_StatusRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_StatusRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_StatusResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_StatusResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "GetService" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
        /// > never in it, only their names.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_GetServiceRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_GetServiceRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_GetServiceResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func getService<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_GetServiceRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_GetServiceRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_GetServiceResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetServiceResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "History" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_HistoryRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_HistoryRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_HistoryResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func history<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_HistoryRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_HistoryRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_HistoryResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_HistoryResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "GetNode" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Describes the node and its agent.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_GetNodeRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_GetNodeRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_GetNodeResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func getNode<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_GetNodeRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_GetNodeRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_GetNodeResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetNodeResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Doctor" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Examines the node. The call succeeds whatever is found.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_DoctorRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_DoctorRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_DoctorResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func doctor<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_DoctorRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_DoctorRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_DoctorResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_DoctorResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Logs" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
        /// > there, with `follow` when the components are gone or the client cancels.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_LogsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_LogsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_LogsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func logs<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_LogsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_LogsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_LogsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_LogsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Events" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
        /// > client cancels.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_EventsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_EventsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_EventsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func events<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_EventsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_EventsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_EventsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_EventsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "ListScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the agent's scripts and what they are called for. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListScriptsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListScriptsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListScriptsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func listScripts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListScriptsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListScriptsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListScriptsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListScriptsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "CheckScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
        /// > is found. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_CheckScriptsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_CheckScriptsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_CheckScriptsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func checkScripts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_CheckScriptsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_CheckScriptsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_CheckScriptsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CheckScriptsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "ReloadScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
        /// > which is said in its report; the call succeeds. Role admin.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ReloadScriptsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ReloadScriptsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ReloadScriptsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func reloadScripts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ReloadScriptsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ReloadScriptsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ReloadScriptsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ReloadScriptsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "ListAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns what an operator should know of, and what is silenced. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListAlertsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListAlertsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListAlertsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func listAlerts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListAlertsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListAlertsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListAlertsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListAlertsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Silence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SilenceRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_SilenceRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_SilenceResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func silence<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_SilenceRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_SilenceRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_SilenceResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SilenceResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Unsilence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_UnsilenceRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_UnsilenceRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_UnsilenceResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func unsilence<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_UnsilenceRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_UnsilenceRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_UnsilenceResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_UnsilenceResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "TestAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a test message to every sink, and returns which took it. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_TestAlertsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_TestAlertsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_TestAlertsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func testAlerts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_TestAlertsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_TestAlertsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_TestAlertsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_TestAlertsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "ListSecrets" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the secrets of services: names, never values. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListSecretsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListSecretsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListSecretsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func listSecrets<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListSecretsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListSecretsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListSecretsResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListSecretsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "SetSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
        /// > not be deployed. The value that it has already changes nothing. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SetSecretRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_SetSecretRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_SetSecretResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func setSecret<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_SetSecretRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_SetSecretRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_SetSecretResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SetSecretResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "RemoveSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
        /// > FAILED_PRECONDITION. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RemoveSecretRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RemoveSecretRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_RemoveSecretResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func removeSecret<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RemoveSecretRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RemoveSecretRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_RemoveSecretResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RemoveSecretResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "ListTokens" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the tokens that this node has issued; never what they are, only what they allow.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListTokensRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListTokensRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListTokensResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func listTokens<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListTokensRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListTokensRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListTokensResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListTokensResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "CreateToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_CreateTokenRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_CreateTokenRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_CreateTokenResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func createToken<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_CreateTokenRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_CreateTokenRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_CreateTokenResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CreateTokenResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "RevokeToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RevokeTokenRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RevokeTokenRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_RevokeTokenResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func revokeToken<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RevokeTokenRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RevokeTokenRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_RevokeTokenResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RevokeTokenResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Push" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a file or a directory to a service's directory on the node. Role operator.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
        /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
        /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
        /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
        /// >    error.
        /// > 
        /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
        /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
        /// > same file (size and time) is sent again.
        ///
        /// - Parameters:
        ///   - request: A streaming request producing `Mcp_V1_PushRequest` messages.
        ///   - serializer: A serializer for `Mcp_V1_PushRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_PushResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func push<Result>(
            request: GRPCCore.StreamingClientRequest<Mcp_V1_PushRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_PushRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_PushResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PushResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Pull" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Fetches a file or a directory from a service's directory. Role admin.
        /// > 
        /// > Answers `opening`, then `parts` as in Push.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_PullRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_PullRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_PullResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func pull<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_PullRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_PullRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_PullResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PullResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable

        /// Call the "Exec" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs a command in a component.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
        /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
        /// >    last `stdin`; the agent sends `stdout` and `stderr`.
        /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
        /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
        /// >    else than 0 is not an error of the call.
        /// > 
        /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
        /// > a command with a terminal ends, another one may go on unseen.
        ///
        /// - Parameters:
        ///   - request: A streaming request producing `Mcp_V1_ExecRequest` messages.
        ///   - serializer: A serializer for `Mcp_V1_ExecRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ExecResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        func exec<Result>(
            request: GRPCCore.StreamingClientRequest<Mcp_V1_ExecRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ExecRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ExecResponse>,
            options: GRPCCore.CallOptions,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_ExecResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable
    }

    /// Generated client for the "mcp.v1.ControlPlane" service.
    ///
    /// The ``Client`` provides an implementation of ``ClientProtocol`` which wraps
    /// a `GRPCCore.GRPCCClient`. The underlying `GRPCClient` provides the long-lived
    /// means of communication with the remote peer.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Everything that `mcp` can do. One method for each primitive.
    package struct Client<Transport>: ClientProtocol where Transport: GRPCCore.ClientTransport {
        private let client: GRPCCore.GRPCClient<Transport>

        /// Creates a new client wrapping the provided `GRPCCore.GRPCClient`.
        ///
        /// - Parameters:
        ///   - client: A `GRPCCore.GRPCClient` providing a communication channel to the service.
        package init(wrapping client: GRPCCore.GRPCClient<Transport>) {
            self.client = client
        }

        /// Call the "Deploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_DeployRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_DeployRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func deploy<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_DeployRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_DeployRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Deploy.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Undeploy" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops, removes and forgets a service; the data in its directory stays.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_UndeployRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_UndeployRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func undeploy<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_UndeployRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_UndeployRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Undeploy.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Start" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component run.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StartRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_StartRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func start<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_StartRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_StartRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Start.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Stop" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a deployed service or component stop.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StopRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_StopRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func stop<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_StopRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_StopRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Stop.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Restart" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Stops and starts a deployed service or component.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RestartRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RestartRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func restart<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RestartRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RestartRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Restart.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Rollback" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Deploys an earlier revision of a service again, as a new one.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RollbackRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RollbackRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func rollback<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RollbackRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RollbackRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Rollback.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Sync" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
        /// > result, and the call succeeds.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SyncRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_SyncRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func sync<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_SyncRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_SyncRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Sync.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Recover" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RecoverRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RecoverRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func recover<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RecoverRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RecoverRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Recover.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Adopt" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
        /// > cannot say is FAILED_PRECONDITION unless the request forces it.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_AdoptRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_AdoptRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func adopt<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_AdoptRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_AdoptRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Adopt.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Boot" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_BootRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_BootRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_OperationUpdate` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func boot<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_BootRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_BootRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_OperationUpdate>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Boot.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "List" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the services of the registry.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func list<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.List.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Ps" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns components as they are.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_PsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_PsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_PsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func ps<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_PsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_PsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_PsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_PsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Ps.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Status" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns desired against observed state, drift, recent events and the node.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_StatusRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_StatusRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_StatusResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func status<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_StatusRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_StatusRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_StatusResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_StatusResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Status.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "GetService" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
        /// > never in it, only their names.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_GetServiceRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_GetServiceRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_GetServiceResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func getService<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_GetServiceRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_GetServiceRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_GetServiceResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetServiceResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.GetService.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "History" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_HistoryRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_HistoryRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_HistoryResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func history<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_HistoryRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_HistoryRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_HistoryResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_HistoryResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.History.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "GetNode" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Describes the node and its agent.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_GetNodeRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_GetNodeRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_GetNodeResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func getNode<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_GetNodeRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_GetNodeRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_GetNodeResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetNodeResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.GetNode.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Doctor" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Examines the node. The call succeeds whatever is found.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_DoctorRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_DoctorRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_DoctorResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func doctor<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_DoctorRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_DoctorRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_DoctorResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_DoctorResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Doctor.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Logs" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
        /// > there, with `follow` when the components are gone or the client cancels.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_LogsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_LogsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_LogsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func logs<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_LogsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_LogsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_LogsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_LogsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Logs.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Events" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
        /// > client cancels.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_EventsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_EventsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_EventsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func events<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_EventsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_EventsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_EventsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_EventsResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Events.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "ListScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the agent's scripts and what they are called for. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListScriptsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListScriptsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListScriptsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func listScripts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListScriptsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListScriptsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListScriptsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListScriptsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.ListScripts.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "CheckScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
        /// > is found. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_CheckScriptsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_CheckScriptsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_CheckScriptsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func checkScripts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_CheckScriptsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_CheckScriptsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_CheckScriptsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CheckScriptsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.CheckScripts.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "ReloadScripts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
        /// > which is said in its report; the call succeeds. Role admin.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ReloadScriptsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ReloadScriptsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ReloadScriptsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func reloadScripts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ReloadScriptsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ReloadScriptsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ReloadScriptsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ReloadScriptsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.ReloadScripts.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "ListAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns what an operator should know of, and what is silenced. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListAlertsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListAlertsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListAlertsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func listAlerts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListAlertsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListAlertsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListAlertsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListAlertsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.ListAlerts.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Silence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SilenceRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_SilenceRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_SilenceResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func silence<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_SilenceRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_SilenceRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_SilenceResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SilenceResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Silence.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Unsilence" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_UnsilenceRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_UnsilenceRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_UnsilenceResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func unsilence<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_UnsilenceRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_UnsilenceRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_UnsilenceResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_UnsilenceResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Unsilence.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "TestAlerts" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a test message to every sink, and returns which took it. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_TestAlertsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_TestAlertsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_TestAlertsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func testAlerts<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_TestAlertsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_TestAlertsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_TestAlertsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_TestAlertsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.TestAlerts.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "ListSecrets" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the secrets of services: names, never values. Role viewer.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListSecretsRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListSecretsRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListSecretsResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func listSecrets<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListSecretsRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListSecretsRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListSecretsResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListSecretsResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.ListSecrets.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "SetSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
        /// > not be deployed. The value that it has already changes nothing. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_SetSecretRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_SetSecretRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_SetSecretResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func setSecret<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_SetSecretRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_SetSecretRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_SetSecretResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SetSecretResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.SetSecret.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "RemoveSecret" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
        /// > FAILED_PRECONDITION. Role operator.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RemoveSecretRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RemoveSecretRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_RemoveSecretResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func removeSecret<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RemoveSecretRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RemoveSecretRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_RemoveSecretResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RemoveSecretResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.RemoveSecret.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "ListTokens" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Returns the tokens that this node has issued; never what they are, only what they allow.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_ListTokensRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_ListTokensRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ListTokensResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func listTokens<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_ListTokensRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ListTokensRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ListTokensResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListTokensResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.ListTokens.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "CreateToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_CreateTokenRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_CreateTokenRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_CreateTokenResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func createToken<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_CreateTokenRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_CreateTokenRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_CreateTokenResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CreateTokenResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.CreateToken.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "RevokeToken" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_RevokeTokenRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_RevokeTokenRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_RevokeTokenResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func revokeToken<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_RevokeTokenRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_RevokeTokenRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_RevokeTokenResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RevokeTokenResponse>) async throws -> Result = { response in
                try response.message
            }
        ) async throws -> Result where Result: Sendable {
            try await self.client.unary(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.RevokeToken.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Push" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Sends a file or a directory to a service's directory on the node. Role operator.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
        /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
        /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
        /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
        /// >    error.
        /// > 
        /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
        /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
        /// > same file (size and time) is sent again.
        ///
        /// - Parameters:
        ///   - request: A streaming request producing `Mcp_V1_PushRequest` messages.
        ///   - serializer: A serializer for `Mcp_V1_PushRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_PushResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func push<Result>(
            request: GRPCCore.StreamingClientRequest<Mcp_V1_PushRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_PushRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_PushResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PushResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.bidirectionalStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Push.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Pull" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Fetches a file or a directory from a service's directory. Role admin.
        /// > 
        /// > Answers `opening`, then `parts` as in Push.
        ///
        /// - Parameters:
        ///   - request: A request containing a single `Mcp_V1_PullRequest` message.
        ///   - serializer: A serializer for `Mcp_V1_PullRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_PullResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func pull<Result>(
            request: GRPCCore.ClientRequest<Mcp_V1_PullRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_PullRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_PullResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PullResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.serverStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Pull.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }

        /// Call the "Exec" method.
        ///
        /// > Source IDL Documentation:
        /// >
        /// > Runs a command in a component.
        /// > 
        /// > 1. The client sends `open`, first and once.
        /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
        /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
        /// >    last `stdin`; the agent sends `stdout` and `stderr`.
        /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
        /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
        /// >    else than 0 is not an error of the call.
        /// > 
        /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
        /// > a command with a terminal ends, another one may go on unseen.
        ///
        /// - Parameters:
        ///   - request: A streaming request producing `Mcp_V1_ExecRequest` messages.
        ///   - serializer: A serializer for `Mcp_V1_ExecRequest` messages.
        ///   - deserializer: A deserializer for `Mcp_V1_ExecResponse` messages.
        ///   - options: Options to apply to this RPC.
        ///   - handleResponse: A closure which handles the response and returns its result to
        ///       the caller. Returning from the closure will cancel the RPC if it hasn't
        ///       already finished.
        /// - Returns: The result of `handleResponse`.
        package func exec<Result>(
            request: GRPCCore.StreamingClientRequest<Mcp_V1_ExecRequest>,
            serializer: some GRPCCore.MessageSerializer<Mcp_V1_ExecRequest>,
            deserializer: some GRPCCore.MessageDeserializer<Mcp_V1_ExecResponse>,
            options: GRPCCore.CallOptions = .defaults,
            onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_ExecResponse>) async throws -> Result
        ) async throws -> Result where Result: Sendable {
            try await self.client.bidirectionalStreaming(
                request: request,
                descriptor: Mcp_V1_ControlPlane.Method.Exec.descriptor,
                serializer: serializer,
                deserializer: deserializer,
                options: options,
                onResponse: handleResponse
            )
        }
    }
}

// Helpers providing default arguments to 'ClientProtocol' methods.
@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane.ClientProtocol {
    /// Call the "Deploy" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_DeployRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func deploy<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_DeployRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.deploy(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_DeployRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Undeploy" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Stops, removes and forgets a service; the data in its directory stays.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_UndeployRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func undeploy<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_UndeployRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.undeploy(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_UndeployRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Start" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes a deployed service or component run.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_StartRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func start<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_StartRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.start(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_StartRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Stop" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes a deployed service or component stop.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_StopRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func stop<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_StopRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.stop(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_StopRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Restart" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Stops and starts a deployed service or component.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_RestartRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func restart<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_RestartRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.restart(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RestartRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Rollback" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Deploys an earlier revision of a service again, as a new one.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_RollbackRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func rollback<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_RollbackRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.rollback(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RollbackRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Sync" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
    /// > result, and the call succeeds.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_SyncRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func sync<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_SyncRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.sync(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_SyncRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Recover" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_RecoverRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func recover<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_RecoverRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.recover(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RecoverRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Adopt" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
    /// > cannot say is FAILED_PRECONDITION unless the request forces it.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_AdoptRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func adopt<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_AdoptRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.adopt(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_AdoptRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Boot" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_BootRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func boot<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_BootRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.boot(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_BootRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_OperationUpdate>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "List" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the services of the registry.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_ListRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func list<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_ListRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.list(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Ps" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns components as they are.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_PsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func ps<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_PsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_PsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.ps(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_PsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_PsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Status" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns desired against observed state, drift, recent events and the node.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_StatusRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func status<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_StatusRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_StatusResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.status(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_StatusRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_StatusResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "GetService" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
    /// > never in it, only their names.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_GetServiceRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func getService<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_GetServiceRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetServiceResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.getService(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_GetServiceRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_GetServiceResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "History" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_HistoryRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func history<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_HistoryRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_HistoryResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.history(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_HistoryRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_HistoryResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "GetNode" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Describes the node and its agent.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_GetNodeRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func getNode<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_GetNodeRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetNodeResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.getNode(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_GetNodeRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_GetNodeResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Doctor" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Examines the node. The call succeeds whatever is found.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_DoctorRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func doctor<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_DoctorRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_DoctorResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.doctor(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_DoctorRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_DoctorResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Logs" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
    /// > there, with `follow` when the components are gone or the client cancels.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_LogsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func logs<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_LogsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_LogsResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.logs(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_LogsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_LogsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Events" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
    /// > client cancels.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_EventsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func events<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_EventsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_EventsResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.events(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_EventsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_EventsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListScripts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the agent's scripts and what they are called for. Role viewer.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_ListScriptsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listScripts<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_ListScriptsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListScriptsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.listScripts(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListScriptsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListScriptsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "CheckScripts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
    /// > is found. Role operator.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_CheckScriptsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func checkScripts<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_CheckScriptsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CheckScriptsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.checkScripts(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_CheckScriptsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_CheckScriptsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ReloadScripts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
    /// > which is said in its report; the call succeeds. Role admin.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_ReloadScriptsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func reloadScripts<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_ReloadScriptsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ReloadScriptsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.reloadScripts(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ReloadScriptsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ReloadScriptsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListAlerts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns what an operator should know of, and what is silenced. Role viewer.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_ListAlertsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listAlerts<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_ListAlertsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListAlertsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.listAlerts(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListAlertsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListAlertsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Silence" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_SilenceRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func silence<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_SilenceRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SilenceResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.silence(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_SilenceRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_SilenceResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Unsilence" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_UnsilenceRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func unsilence<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_UnsilenceRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_UnsilenceResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.unsilence(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_UnsilenceRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_UnsilenceResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "TestAlerts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Sends a test message to every sink, and returns which took it. Role operator.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_TestAlertsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func testAlerts<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_TestAlertsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_TestAlertsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.testAlerts(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_TestAlertsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_TestAlertsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListSecrets" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the secrets of services: names, never values. Role viewer.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_ListSecretsRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listSecrets<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_ListSecretsRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListSecretsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.listSecrets(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListSecretsRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListSecretsResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "SetSecret" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
    /// > not be deployed. The value that it has already changes nothing. Role operator.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_SetSecretRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func setSecret<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_SetSecretRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SetSecretResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.setSecret(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_SetSecretRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_SetSecretResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "RemoveSecret" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
    /// > FAILED_PRECONDITION. Role operator.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_RemoveSecretRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func removeSecret<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_RemoveSecretRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RemoveSecretResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.removeSecret(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RemoveSecretRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RemoveSecretResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListTokens" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the tokens that this node has issued; never what they are, only what they allow.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_ListTokensRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listTokens<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_ListTokensRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListTokensResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.listTokens(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ListTokensRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ListTokensResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "CreateToken" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_CreateTokenRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func createToken<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_CreateTokenRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CreateTokenResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.createToken(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_CreateTokenRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_CreateTokenResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "RevokeToken" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_RevokeTokenRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func revokeToken<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_RevokeTokenRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RevokeTokenResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        try await self.revokeToken(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_RevokeTokenRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_RevokeTokenResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Push" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Sends a file or a directory to a service's directory on the node. Role operator.
    /// > 
    /// > 1. The client sends `open`, first and once.
    /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
    /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
    /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
    /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
    /// >    error.
    /// > 
    /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
    /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
    /// > same file (size and time) is sent again.
    ///
    /// - Parameters:
    ///   - request: A streaming request producing `Mcp_V1_PushRequest` messages.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func push<Result>(
        request: GRPCCore.StreamingClientRequest<Mcp_V1_PushRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PushResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.push(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_PushRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_PushResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Pull" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Fetches a file or a directory from a service's directory. Role admin.
    /// > 
    /// > Answers `opening`, then `parts` as in Push.
    ///
    /// - Parameters:
    ///   - request: A request containing a single `Mcp_V1_PullRequest` message.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func pull<Result>(
        request: GRPCCore.ClientRequest<Mcp_V1_PullRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PullResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.pull(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_PullRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_PullResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Exec" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Runs a command in a component.
    /// > 
    /// > 1. The client sends `open`, first and once.
    /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
    /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
    /// >    last `stdin`; the agent sends `stdout` and `stderr`.
    /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
    /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
    /// >    else than 0 is not an error of the call.
    /// > 
    /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
    /// > a command with a terminal ends, another one may go on unseen.
    ///
    /// - Parameters:
    ///   - request: A streaming request producing `Mcp_V1_ExecRequest` messages.
    ///   - options: Options to apply to this RPC.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func exec<Result>(
        request: GRPCCore.StreamingClientRequest<Mcp_V1_ExecRequest>,
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_ExecResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        try await self.exec(
            request: request,
            serializer: GRPCProtobuf.ProtobufSerializer<Mcp_V1_ExecRequest>(),
            deserializer: GRPCProtobuf.ProtobufDeserializer<Mcp_V1_ExecResponse>(),
            options: options,
            onResponse: handleResponse
        )
    }
}

// Helpers providing sugared APIs for 'ClientProtocol' methods.
@available(macOS 15.0, iOS 18.0, watchOS 11.0, tvOS 18.0, visionOS 2.0, *)
extension Mcp_V1_ControlPlane.ClientProtocol {
    /// Call the "Deploy" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes the node run a definition. What changed is replaced, what did not is left alone.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func deploy<Result>(
        _ message: Mcp_V1_DeployRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_DeployRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.deploy(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Undeploy" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Stops, removes and forgets a service; the data in its directory stays.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func undeploy<Result>(
        _ message: Mcp_V1_UndeployRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_UndeployRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.undeploy(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Start" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes a deployed service or component run.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func start<Result>(
        _ message: Mcp_V1_StartRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_StartRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.start(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Stop" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes a deployed service or component stop.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func stop<Result>(
        _ message: Mcp_V1_StopRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_StopRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.stop(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Restart" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Stops and starts a deployed service or component.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func restart<Result>(
        _ message: Mcp_V1_RestartRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_RestartRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.restart(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Rollback" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Deploys an earlier revision of a service again, as a new one.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func rollback<Result>(
        _ message: Mcp_V1_RollbackRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_RollbackRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.rollback(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Sync" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes the node match a set of definitions. Goes on past a service that fails: failures are in the
    /// > result, and the call succeeds.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func sync<Result>(
        _ message: Mcp_V1_SyncRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_SyncRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.sync(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Recover" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes everything run that should, from the registry alone; ends with a `sync_result`, as Sync does.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func recover<Result>(
        _ message: Mcp_V1_RecoverRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_RecoverRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.recover(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Adopt" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Takes running containers under management without restarting them; ends with an `adopt_report`. What a definition
    /// > cannot say is FAILED_PRECONDITION unless the request forces it.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func adopt<Result>(
        _ message: Mcp_V1_AdoptRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_AdoptRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.adopt(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Boot" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Runs the node's boot sequence from its first stage; ends with a `boot_report`.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func boot<Result>(
        _ message: Mcp_V1_BootRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_OperationUpdate>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_BootRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.boot(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "List" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the services of the registry.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func list<Result>(
        _ message: Mcp_V1_ListRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_ListRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.list(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Ps" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns components as they are.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func ps<Result>(
        _ message: Mcp_V1_PsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_PsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_PsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.ps(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Status" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns desired against observed state, drift, recent events and the node.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func status<Result>(
        _ message: Mcp_V1_StatusRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_StatusResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_StatusRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.status(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "GetService" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the definition of a deployed service and what the registry knows beside it. Secrets are
    /// > never in it, only their names.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func getService<Result>(
        _ message: Mcp_V1_GetServiceRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetServiceResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_GetServiceRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.getService(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "History" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns a service's revisions, newest first; one that is not deployed is NOT_FOUND.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func history<Result>(
        _ message: Mcp_V1_HistoryRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_HistoryResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_HistoryRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.history(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "GetNode" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Describes the node and its agent.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func getNode<Result>(
        _ message: Mcp_V1_GetNodeRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_GetNodeResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_GetNodeRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.getNode(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Doctor" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Examines the node. The call succeeds whatever is found.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func doctor<Result>(
        _ message: Mcp_V1_DoctorRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_DoctorResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_DoctorRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.doctor(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Logs" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Streams the output of a service's components, merged in order of arrival. Ends at the end of what is
    /// > there, with `follow` when the components are gone or the client cancels.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func logs<Result>(
        _ message: Mcp_V1_LogsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_LogsResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_LogsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.logs(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Events" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Streams history, oldest first. Ends at the end of what is there; with `follow` it goes on until the
    /// > client cancels.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func events<Result>(
        _ message: Mcp_V1_EventsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_EventsResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_EventsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.events(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListScripts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the agent's scripts and what they are called for. Role viewer.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listScripts<Result>(
        _ message: Mcp_V1_ListScriptsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListScriptsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_ListScriptsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.listScripts(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "CheckScripts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Loads every script beside what runs, without effects, and says what is wrong. The call succeeds whatever
    /// > is found. Role operator.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func checkScripts<Result>(
        _ message: Mcp_V1_CheckScriptsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CheckScriptsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_CheckScriptsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.checkScripts(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ReloadScripts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Reads scripts again and swaps them for what runs. One that does not load keeps its last good version,
    /// > which is said in its report; the call succeeds. Role admin.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func reloadScripts<Result>(
        _ message: Mcp_V1_ReloadScriptsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ReloadScriptsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_ReloadScriptsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.reloadScripts(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListAlerts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns what an operator should know of, and what is silenced. Role viewer.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listAlerts<Result>(
        _ message: Mcp_V1_ListAlertsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListAlertsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_ListAlertsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.listAlerts(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Silence" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Tells nobody of some alerts for a while; what is still wrong afterwards is told then. Role operator.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func silence<Result>(
        _ message: Mcp_V1_SilenceRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SilenceResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_SilenceRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.silence(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Unsilence" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Ends a silence. One that is not there is NOT_FOUND. Role operator.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func unsilence<Result>(
        _ message: Mcp_V1_UnsilenceRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_UnsilenceResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_UnsilenceRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.unsilence(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "TestAlerts" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Sends a test message to every sink, and returns which took it. Role operator.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func testAlerts<Result>(
        _ message: Mcp_V1_TestAlertsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_TestAlertsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_TestAlertsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.testAlerts(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListSecrets" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the secrets of services: names, never values. Role viewer.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listSecrets<Result>(
        _ message: Mcp_V1_ListSecretsRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListSecretsResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_ListSecretsRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.listSecrets(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "SetSecret" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Gives a secret of a service a value, which components get when they are next deployed. The service need
    /// > not be deployed. The value that it has already changes nothing. Role operator.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func setSecret<Result>(
        _ message: Mcp_V1_SetSecretRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_SetSecretResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_SetSecretRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.setSecret(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "RemoveSecret" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Forgets a secret. One that is not set is NOT_FOUND, one that the deployed definition uses
    /// > FAILED_PRECONDITION. Role operator.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func removeSecret<Result>(
        _ message: Mcp_V1_RemoveSecretRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RemoveSecretResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_RemoveSecretRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.removeSecret(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "ListTokens" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Returns the tokens that this node has issued; never what they are, only what they allow.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func listTokens<Result>(
        _ message: Mcp_V1_ListTokensRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_ListTokensResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_ListTokensRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.listTokens(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "CreateToken" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Issues a token for operators elsewhere. Its text is in the answer and nowhere else.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func createToken<Result>(
        _ message: Mcp_V1_CreateTokenRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_CreateTokenResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_CreateTokenRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.createToken(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "RevokeToken" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Makes a token worthless from the next call on. One that is not there is NOT_FOUND.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func revokeToken<Result>(
        _ message: Mcp_V1_RevokeTokenRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.ClientResponse<Mcp_V1_RevokeTokenResponse>) async throws -> Result = { response in
            try response.message
        }
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_RevokeTokenRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.revokeToken(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Push" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Sends a file or a directory to a service's directory on the node. Role operator.
    /// > 
    /// > 1. The client sends `open`, first and once.
    /// > 2. The agent answers `ready`, or ends the call with an error: what would not fit is refused here.
    /// > 3. The client sends `parts`, as many in a message as it likes: for each entry its `header`, for a file then its
    /// >    `data` from the header's offset on and its `end`. A directory comes before what is in it.
    /// > 4. The client closes its side. The agent answers `result` once everything is on the disk, or ends the call with an
    /// >    error.
    /// > 
    /// > A file is there as a whole or not at all: what was there before stays until its successor is complete, verified and
    /// > on the disk. Of a large file that was interrupted the agent keeps what came, and offers it in `ready` when the
    /// > same file (size and time) is sent again.
    ///
    /// - Parameters:
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - producer: A closure producing request messages to send to the server. Returning
    ///       from the closure closes the request stream.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func push<Result>(
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        requestProducer producer: @Sendable @escaping (GRPCCore.RPCWriter<Mcp_V1_PushRequest>) async throws -> Void,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PushResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.StreamingClientRequest<Mcp_V1_PushRequest>(
            metadata: metadata,
            producer: producer
        )
        return try await self.push(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Pull" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Fetches a file or a directory from a service's directory. Role admin.
    /// > 
    /// > Answers `opening`, then `parts` as in Push.
    ///
    /// - Parameters:
    ///   - message: request message to send.
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func pull<Result>(
        _ message: Mcp_V1_PullRequest,
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_PullResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.ClientRequest<Mcp_V1_PullRequest>(
            message: message,
            metadata: metadata
        )
        return try await self.pull(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }

    /// Call the "Exec" method.
    ///
    /// > Source IDL Documentation:
    /// >
    /// > Runs a command in a component.
    /// > 
    /// > 1. The client sends `open`, first and once.
    /// > 2. The agent answers `started` once the command runs, or ends the call with an error.
    /// > 3. From then on, in any order: the client sends `stdin`, `resize`, and `end_of_input` once after the
    /// >    last `stdin`; the agent sends `stdout` and `stderr`.
    /// > 4. The agent sends `exit_code` once, after all output. The client closes its side of the stream, and the
    /// >    agent ends the call with OK, which it does a moment later anyway: a command that exits with something
    /// >    else than 0 is not an error of the call.
    /// > 
    /// > Closing the client's side of the stream is the same as `end_of_input`. Cancelling the call hangs up:
    /// > a command with a terminal ends, another one may go on unseen.
    ///
    /// - Parameters:
    ///   - metadata: Additional metadata to send, defaults to empty.
    ///   - options: Options to apply to this RPC, defaults to `.defaults`.
    ///   - producer: A closure producing request messages to send to the server. Returning
    ///       from the closure closes the request stream.
    ///   - handleResponse: A closure which handles the response and returns its result to
    ///       the caller. Returning from the closure will cancel the RPC if it hasn't
    ///       already finished.
    /// - Returns: The result of `handleResponse`.
    package func exec<Result>(
        metadata: GRPCCore.Metadata = [:],
        options: GRPCCore.CallOptions = .defaults,
        requestProducer producer: @Sendable @escaping (GRPCCore.RPCWriter<Mcp_V1_ExecRequest>) async throws -> Void,
        onResponse handleResponse: @Sendable @escaping (GRPCCore.StreamingClientResponse<Mcp_V1_ExecResponse>) async throws -> Result
    ) async throws -> Result where Result: Sendable {
        let request = GRPCCore.StreamingClientRequest<Mcp_V1_ExecRequest>(
            metadata: metadata,
            producer: producer
        )
        return try await self.exec(
            request: request,
            options: options,
            onResponse: handleResponse
        )
    }
}
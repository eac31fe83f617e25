/** What goes wrong between a client and the concierge; see the derived classes for what exactly. */
export class ConciergeError extends Error {
  override readonly name: string = 'ConciergeError';
}

/**
 * There is no connection, or it ended: the concierge refused or closed it, it broke, or it is being made again. A request
 * that fails with this may or may not have been carried out, and is never sent again by itself.
 */
export class ConnectionClosedError extends ConciergeError {
  override readonly name = 'ConnectionClosedError';
  /** The close code (protocol, section "Identification"); undefined where nobody said one: unreachable, broken, timed out. */
  readonly code: number | undefined;
  /** The close frame's own text, or ''. */
  readonly reason: string;

  /** Made by the client. */
  constructor(message: string, code?: number, reason = '', options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.reason = reason;
  }

  /** Whether trying again with the same options is bound to fail the same way: 4002, 4006, 4007 and 4008. */
  get isFinal(): boolean {
    return this.code !== undefined && finalCodes.has(this.code);
  }
}

const finalCodes: ReadonlySet<number> = new Set([4002, 4006, 4007, 4008]);

/** A request was not answered in time. It may have been carried out nevertheless. */
export class RequestTimeoutError extends ConciergeError {
  override readonly name = 'RequestTimeoutError';
}

/**
 * Why a request was refused, as the protocol names it. `UNEXPECTED`: the answer was none that the protocol provides for the
 * request. `TAKEN`: the service's name is another client's (only from {@link ConciergeClient.serve}).
 */
export type RefusalKind =
  | 'BAD'
  | 'INVALID_NAME'
  | 'INVALID_UUID'
  | 'INVALID_SERVICE'
  | 'INVALID_ROOM'
  | 'ERROR_PROTOCOL'
  | 'ERROR_UNSUPPORTED'
  | 'ERROR_INTERNAL'
  | 'TAKEN'
  | 'UNEXPECTED';

/** The concierge answered a request with a refusal; the connection goes on. */
export class RequestRefusedError extends ConciergeError {
  override readonly name = 'RequestRefusedError';
  /** Why. */
  readonly kind: RefusalKind;
  /** The name, uuid, service or room that isn't there, or the concierge's description of what is wrong. */
  readonly subject: string | undefined;

  /** Made by the client. */
  constructor(message: string, kind: RefusalKind, subject?: string) {
    super(message);
    this.kind = kind;
    this.subject = subject;
  }
}

/** A file was not moved. */
export class FileTransferError extends ConciergeError {
  override readonly name = 'FileTransferError';
  /** The HTTP status (protocol, section "Files"); 0 where there was no answer: unreachable, or broken in the middle. */
  readonly status: number;

  /** Made by the client. */
  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What the concierge sent is not in the protocol. It was skipped, and told by the event `fault`. */
export class MalformedFrameError extends ConciergeError {
  override readonly name = 'MalformedFrameError';
}

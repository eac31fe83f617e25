export { ConciergeClient } from './client.js';
export type { ConnectionState } from './connection/connection.js';
export type { Handler } from './emitter.js';
export {
  ConciergeError,
  ConnectionClosedError,
  FileTransferError,
  MalformedFrameError,
  type RefusalKind,
  RequestRefusedError,
  RequestTimeoutError,
} from './errors.js';
export type { ClientEvents } from './events.js';
export type { FileStore, TransferOptions } from './files/fileStore.js';
export type { ClientDetails, ClientInfo, Origin, RoomInfo, ServiceInfo, Target } from './infos.js';
export type { ClientOptions, ReconnectPolicy } from './options.js';
export type { RoomOutcome, ServiceOutcome } from './requests.js';
export type { DriveEvents, DriveOptions, RobotDrive } from './robots/drive.js';
export { type RobotInfo, robotOf } from './robots/findRobots.js';
export { Robot } from './robots/robot.js';
export type { CommandResult, Motors, MotorState, RobotEvents, RobotFault, RobotStatus } from './robots/telemetry.js';
export type { Service, ServiceHandlers } from './services/service.js';
export { protocolVersion } from './wire/closing.js';

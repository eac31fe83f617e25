import type { Hello } from '../connection/identify.js';
import { FileTransferError } from '../errors.js';
import { download } from './download.js';
import { upload } from './upload.js';

/** How a file is moved. */
export interface TransferOptions {
  /** Told how many bytes have been moved so far, and of how many in all, or null where that isn't known. */
  readonly onProgress?: (moved: number, total: number | null) => void;
  /** Gives up: the call rejects with the signal's reason. There is no other time-out. */
  readonly signal?: AbortSignal;
}

/**
 * The files that clients put at the concierge, over HTTP on the concierge's own port (protocol, section "Files"). A client
 * writes and deletes its own, and reads everybody's. When it leaves, or its connection is lost, its files are deleted.
 *
 * A file's name may have folders, as in `photos/front.jpg`. All calls reject with {@link FileTransferError} where the
 * concierge refuses or can't be reached, and with a TypeError for a name that has an empty part, or one that is `.` or `..`.
 */
export class FileStore {
  readonly #root: URL;
  readonly #identity: () => Hello;

  /** Made by the client. */
  constructor(url: URL, identity: () => Hello) {
    // Beside the WebSocket: behind a proxy both may live under a path of its choosing.
    this.#root = new URL('fs/', url.href.replace(/^ws/, 'http'));
    this.#root.search = '';
    this.#identity = identity;
  }

  /** Puts a file into this client's folder, or replaces it. */
  async upload(name: string, content: Blob | Uint8Array, options: TransferOptions = {}): Promise<void> {
    const { uuid, fileKey } = this.#identity();
    const status = await upload({
      ...options,
      address: this.#address(uuid, name),
      key: fileKey,
      fileName: name.slice(name.lastIndexOf('/') + 1),
      content: content instanceof Blob ? content : new Blob([content as Uint8Array<ArrayBuffer>]),
    });
    succeed(name, status);
  }

  /** Gets a file of any client's. @param ownerUuid The client that put it there. */
  async download(ownerUuid: string, name: string, options: TransferOptions = {}): Promise<Blob> {
    const { status, blob } = await download(this.#address(ownerUuid, name), this.#identity().fileKey, options);
    succeed(name, status);
    return blob;
  }

  /** Deletes a file of this client's. */
  async delete(name: string): Promise<void> {
    const { uuid, fileKey } = this.#identity();
    const address = this.#address(uuid, name);
    let response;
    try {
      response = await fetch(address, { method: 'DELETE', headers: { 'x-fs-key': fileKey }, redirect: 'error' });
    } catch (error) {
      throw new FileTransferError(`'${name}' was not deleted: ${String(error)}`, 0, { cause: error });
    }
    await response.body?.cancel();
    succeed(name, response.status);
  }

  #address(owner: string, name: string): URL {
    const parts = name.split('/');
    // A URL resolves dots, even escaped ones: what is asked for would be another file than the one that was named.
    if (parts.some((part) => part === '' || part === '.' || part === '..')) {
      throw new TypeError(
        `'${name}' is no file's name: expected parts separated by '/', none of them empty, '.' or '..'.`,
      );
    }
    return new URL([owner, ...parts].map(encodeURIComponent).join('/'), this.#root);
  }
}

function succeed(name: string, status: number): void {
  if (status < 200 || status > 299) throw new FileTransferError(`'${name}': ${explain(status)}`, status);
}

function explain(status: number): string {
  switch (status) {
    case 401:
      return 'the concierge knows no client of this key: the connection may just have been lost.';
    case 403:
      return "only its owner may write to or delete from a client's folder.";
    case 404:
      return 'there is no such file.';
    case 409:
      return 'there is a file where a folder is needed, or a folder of that name.';
    case 413:
      return "it is over the concierge's size limit (concierge.files.max-size).";
    default:
      return `the concierge answered with HTTP ${status}.`;
  }
}

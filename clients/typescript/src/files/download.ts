import { FileTransferError } from '../errors.js';
import type { TransferOptions } from './fileStore.js';

/** Fetches a file's bytes, chunk by chunk. */
export async function download(
  address: URL,
  key: string,
  { onProgress, signal }: TransferOptions,
): Promise<{ status: number; blob: Blob }> {
  try {
    const response = await fetch(address, { headers: { 'x-fs-key': key }, redirect: 'error', signal: signal ?? null });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return { status: response.status, blob: new Blob() };
    }

    const length = Number(response.headers.get('content-length') ?? NaN);
    // What was compressed on the way is longer than it says.
    const total = Number.isFinite(length) && !response.headers.has('content-encoding') ? length : null;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let moved = 0;
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      moved += read.value.byteLength;
      onProgress?.(moved, total);
    }
    return { status: response.status, blob: new Blob(chunks, { type: response.headers.get('content-type') ?? '' }) };
  } catch (error) {
    signal?.throwIfAborted();
    throw new FileTransferError(`The download broke: ${String(error)}`, 0, { cause: error });
  }
}

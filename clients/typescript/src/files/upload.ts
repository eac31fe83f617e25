import { FileTransferError } from '../errors.js';
import type { TransferOptions } from './fileStore.js';

/** How much of a file is read at once, in bytes. */
const chunkSize = 64 * 1024;

/** What is sent where. */
export interface Upload extends TransferOptions {
  readonly address: URL;
  readonly key: string;
  /** Without folders. */
  readonly fileName: string;
  readonly content: Blob;
}

/** Sends a file as a multipart form. @returns The HTTP status. */
export function upload(file: Upload): Promise<number> {
  // Only XMLHttpRequest tells a page how far it is; only fetch streams elsewhere.
  return typeof XMLHttpRequest === 'undefined' ? stream(file) : post(file);
}

function post({ address, key, fileName, content, onProgress, signal }: Upload): Promise<number> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const form = new FormData();
    form.append('file', content, fileName);
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal?.addEventListener('abort', abort);
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    request.onload = () => resolve(request.status);
    request.onerror = () => reject(new FileTransferError('The upload broke, or the concierge cannot be reached.', 0));
    request.onabort = () => reject(signal?.reason);
    // What is on its way is the form; the file's own part of it is what people want to know.
    const progress = ({ loaded }: ProgressEvent) => onProgress?.(Math.min(loaded, content.size), content.size);
    if (onProgress) request.upload.onprogress = progress;
    request.open('POST', address);
    request.setRequestHeader('x-fs-key', key);
    request.send(form);
  });
}

async function stream(file: Upload): Promise<number> {
  const { address, key, signal } = file;
  const boundary = `concierge-${crypto.randomUUID()}`;
  const init = {
    method: 'POST',
    headers: { 'x-fs-key': key, 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: form(boundary, file),
    duplex: 'half', // What a streamed body asks for; not in the DOM's types.
    redirect: 'error',
    signal: signal ?? null,
  } satisfies RequestInit & { duplex: string };
  try {
    const response = await fetch(address, init);
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    signal?.throwIfAborted();
    throw new FileTransferError(`The upload broke: ${String(error)}`, 0, { cause: error });
  }
}

/** The form as a stream that is read as fast as it is sent. */
function form(boundary: string, { fileName, content, onProgress }: Upload): ReadableStream<Uint8Array> {
  // As browsers escape it.
  const escaped = fileName.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${escaped}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const encoder = new TextEncoder();
  let moved = 0;
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(head)),
    pull: async (controller) => {
      if (moved === content.size) {
        controller.enqueue(encoder.encode(tail));
        controller.close();
        return;
      }
      const chunk = new Uint8Array(await content.slice(moved, moved + chunkSize).arrayBuffer());
      controller.enqueue(chunk);
      moved += chunk.byteLength;
      onProgress?.(moved, content.size);
    },
  });
}

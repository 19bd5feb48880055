/**
 * What of some bytes may change hands with a message to another thread instead of being copied: memory in which nothing else
 * lies. Small buffers lie together in one of Node's, which from Node 21 on refuses to be handed over.
 */
export function handedOver(bytes: unknown): ArrayBuffer[] {
  if (!(bytes instanceof Uint8Array)) return [];
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength ? [buffer] : [];
}

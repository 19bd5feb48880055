/** What of a transport of engine.io is used here; `socket` is its WebSocket, and `_socket` the connection below it. */
interface Transport {
  readonly socket?: { readonly _socket?: { cork(): void; uncork(): void } };
  send(packets: unknown[]): void;
}

/** What of a connection of engine.io is used here. */
export interface WritingConnection {
  readonly transport: Transport;
  on(event: 'upgrade', listener: (transport: Transport) => void): unknown;
}

/**
 * Lets answers that wait for a connection leave in one write. engine.io hands its WebSocket one packet after the other,
 * and each is a call of the system: for a producer that publishes event by event, a twentieth of the main thread's work.
 */
export function writtenTogether(connection: WritingConnection): void {
  cork(connection.transport);
  connection.on('upgrade', cork);
}

function cork(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    const below = transport.socket?._socket;
    if (packets.length < 2 || below === undefined) return send(packets);
    below.cork();
    try {
      send(packets);
    } finally {
      below.uncork();
    }
  };
}

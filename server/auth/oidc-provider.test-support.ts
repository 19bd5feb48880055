import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider as small as one can be: it vouches for whoever is set, by a signed token, once per code, with PKCE. */
export class Provider {
  who: Record<string, unknown> = {};
  /** What it tells instead of vouching, such as `access_denied`. */
  refusal: string | null = null;
  /** Signs with a key that it does not publish. */
  forged = false;
  /** Publishes no keys, so that nobody can check what it signs. */
  keyless = false;
  #grants = new Map<string, URLSearchParams>();
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #others = generateKeyPairSync('rsa', { modulusLength: 2048 });
  #server!: Server;
  url = '';

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      if (request.url?.startsWith('/authorize?')) {
        response.writeHead(302, { Location: this.#wayBack(request.url) }).end();
        return;
      }
      void this.#answer(request).then((body) => {
        response.setHeader('Content-Type', 'application/json');
        response.statusCode = body === null ? 400 : 200;
        response.end(JSON.stringify(body ?? { error: 'invalid_grant' }));
      });
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
    return this;
  }

  /** What a browser does at the provider: it signs in there and is led back. */
  visit(location: string): Record<string, string> {
    const asked = new URL(location).searchParams;
    const code = randomUUID();
    this.#grants.set(code, asked);
    return { code, state: asked.get('state') ?? '' };
  }

  /** It asks nothing of a browser that comes: whoever is set is signed in there. */
  #wayBack(path: string): string {
    const asked = new URL(path, this.url);
    const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
    const answer = this.visit(asked.href);
    if (this.refusal !== null)
      back.search = new URLSearchParams({ error: this.refusal, state: answer['state'] ?? '' }).toString();
    else back.search = new URLSearchParams(answer).toString();
    return back.href;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage): Promise<object | null> {
    const { url } = this;
    if (request.url === '/.well-known/openid-configuration')
      return {
        ...{ issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` },
        ...(this.keyless ? {} : { jwks_uri: `${url}/keys` }),
        id_token_signing_alg_values_supported: ['RS256'],
      };
    if (request.url === '/keys')
      return {
        keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }],
      };
    return this.#token(await bodyOf(request));
  }

  #token(form: URLSearchParams): object | null {
    const asked = this.#grants.get(form.get('code') ?? '');
    this.#grants.delete(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (asked?.get('code_challenge') !== proof) return null;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: this.url, aud: 'ringside', iat: now, exp: now + 60 },
      ...(asked.get('nonce') === null ? {} : { nonce: asked.get('nonce') }),
      ...this.who,
    };
    const text = [{ alg: 'RS256', kid: 'k', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256')
      .update(text)
      .sign((this.forged ? this.#others : this.#keys).privateKey, 'base64url');
    return { access_token: 'theirs', token_type: 'Bearer', expires_in: 60, id_token: `${text}.${signature}` };
  }
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const part of request) text += String(part);
  return new URLSearchParams(text);
}

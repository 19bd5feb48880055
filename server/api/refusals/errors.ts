import type { Json } from '../../../domain/json';

/** Codes of the API and the HTTP status each travels with. */
const STATUS = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  too_slow: 408,
  conflict: 409,
  too_large: 413,
  too_many_requests: 429,
  unavailable: 503,
} as const;
export type ApiErrorCode = keyof typeof STATUS;

/** What a caller did wrong, or what is not possible now; the message is for the caller and carries no path, SQL or stack. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: ApiErrorCode,
    message: string,
    /** What a program needs to know about it. */
    readonly details?: Json,
  ) {
    super(message);
  }

  get status(): number {
    return STATUS[this.code];
  }
}

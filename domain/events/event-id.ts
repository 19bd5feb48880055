const EVENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is formed like an event's id, in upper or lower case; history has them in lower case. */
export function isEventId(text: string): boolean {
  return EVENT_ID.test(text);
}

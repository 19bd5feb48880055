/** A cookie, because the server must know it to draw the first paint right. */
export const NAV_COOKIE = 'ringside-nav';

export function rememberNav(railed: boolean): void {
  document.cookie = `${NAV_COOKIE}=${railed ? 'rail' : 'full'}; path=/; max-age=31536000; samesite=lax`;
}

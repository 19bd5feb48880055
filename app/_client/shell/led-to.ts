/** What a click on a link is about; as the browser tells it. */
export interface LinkClick {
  readonly href: string;
  readonly target: string;
  readonly download: boolean;
  /** With a key that opens another tab or window, or with another button than the first. */
  readonly aside: boolean;
}

/** The page of this server that a click would leave `here` for, as a path; null: it stays here, or is no matter of ours. */
export function ledTo(click: LinkClick, here: string): string | null {
  if (click.aside || click.download || (click.target !== '' && click.target !== '_self')) return null;
  const from = new URL(here);
  if (!URL.canParse(click.href, here)) return null;
  const to = new URL(click.href, here);
  if (to.origin !== from.origin || to.pathname.startsWith('/api/')) return null;
  const path = to.pathname + to.search;
  return path === from.pathname + from.search ? null : path + to.hash;
}

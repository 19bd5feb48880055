import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import './globals.css';

import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { preload } from 'react-dom';
import { NAV_COOKIE } from '@/components/shell/nav/nav-memory';
import { byName } from '@/domain/text/order';
import { viewsFor } from '@/server/api/shell/views';
import { nonceOf, shownOf } from '@/server/api/sign-in/visitor';
import { services } from '@/server/services';
import { visitor } from './_access/guard';
import { KnownConfigsProvider } from './_client/config-colours';
import { LiveProvider } from './_client/live/live-provider';
import { LiveShell } from './_client/shell/live-shell';
import { ApiProvider } from './_client/queries/trpc';

/** Every page shows live state: nothing is rendered ahead of a request. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Ringside', template: '%s · Ringside' },
  description: 'Control room of a RingRift training cluster',
};

/** More views than this are asked for after the first paint: pages stay small. */
const VIEWS_WITH_PAGE = 100;

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#11151a' },
  ],
};

/** What nearly every page is written in: asked for with the page itself, so that it is drawn once, in them. */
const FONTS = [
  new URL('@fontsource-variable/geist/files/geist-latin-wght-normal.woff2', import.meta.url),
  new URL('@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2', import.meta.url),
];

/** The policy forbids eval; zod would try it and be told off in the console. */
const NO_EVAL = 'globalThis.__zod_globalConfig={jitless:true}';

export default async function RootLayout({ children }: { children: ReactNode }) {
  for (const { pathname } of FONTS)
    preload(pathname, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' });
  const { live, demo } = services();
  const railed = (await cookies()).get(NAV_COOKIE)?.value === 'rail';
  const nonce = nonceOf(await headers());
  const principal = await visitor();
  const known = principal === null ? [] : viewsFor(principal);
  return (
    // next-themes sets the class before hydration.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: NO_EVAL }} />
      </head>
      <body>
        <ThemeProvider nonce={nonce} attribute="class" defaultTheme="system" enableSystem>
          <NuqsAdapter>
            {principal === null ? (
              children
            ) : (
              <ApiProvider>
                <LiveProvider initial={[]} status={live.status()}>
                  <LiveShell
                    railed={railed}
                    account={{ visitor: shownOf(principal), demo }}
                    views={known.length <= VIEWS_WITH_PAGE ? known : null}
                  >
                    <KnownConfigsProvider configs={[...live.states().models.configs.keys()].sort(byName)}>
                      {children}
                    </KnownConfigsProvider>
                  </LiveShell>
                </LiveProvider>
              </ApiProvider>
            )}
          </NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  );
}

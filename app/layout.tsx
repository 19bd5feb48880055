import '@fontsource-variable/geist/wght.css';
import '@fontsource-variable/geist-mono/wght.css';
import './globals.css';

import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { NAV_COOKIE } from '@/components/shell/nav-memory';
import { services } from '@/server/services';
import { LiveProvider } from './_client/live-provider';
import { LiveShell } from './_client/live-shell';
import { ApiProvider } from './_client/trpc';

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

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { live, views } = services();
  const known = views.list();
  const railed = (await cookies()).get(NAV_COOKIE)?.value === 'rail';
  return (
    // next-themes sets the class before hydration.
    <html lang="en" suppressHydrationWarning>
      <body>
        <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
          <NuqsAdapter>
            <ApiProvider>
              <LiveProvider initial={[]} status={live.status()}>
                <LiveShell railed={railed} views={known.length <= VIEWS_WITH_PAGE ? known : null}>
                  {children}
                </LiveShell>
              </LiveProvider>
            </ApiProvider>
          </NuqsAdapter>
        </ThemeProvider>
      </body>
    </html>
  );
}

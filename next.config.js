import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

/** @returns {import('next').NextConfig} */
const config = (phase) => ({
  poweredByHeader: false,
  reactStrictMode: true,
  // These load native code or worker files of their own: required at run time, not bundled.
  serverExternalPackages: ['better-sqlite3', 'cloudevents', 'pino', 'pino-pretty', 'prom-client'],
  // `npm test` checks types once, over everything; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Nothing reads those of a build: Node runs without --enable-source-maps, and a browser is sent none (decision 0095).
  experimental: { turbopackSourceMaps: phase === PHASE_DEVELOPMENT_SERVER },
});

export default config;

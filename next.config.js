/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // These load native code or worker files of their own: required at run time, not bundled.
  serverExternalPackages: ['better-sqlite3', 'cloudevents', 'pino', 'pino-pretty', 'prom-client'],
  // `npm test` checks types once, over everything; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Nothing reads them: Node is not started with --enable-source-maps, and a browser is sent none. A sixth of the build.
  experimental: { turbopackSourceMaps: false },
};

export default config;

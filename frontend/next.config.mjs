/** One static build for every host: no server of ours runs JavaScript. */
const config = {
  output: 'export',
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // ESLint has its own target (`npm run lint`), so a build does not pay for it twice.
  eslint: { ignoreDuringBuilds: true },
};

export default config;

import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { inter } from './fonts';
import { Gate } from './gate';
import './globals.css';
// With the sheet of every page: a sheet of its own could fail to come when a page is opened.
import '@/features/option-chain/chain.css';
import { Providers } from './providers';

export const metadata: Metadata = {
  title: { default: 'TradeSense', template: '%s · TradeSense' },
  description: 'Futures and options analytics on your own machine.',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#12161f' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme's class is put on the document before React wakes up.
    <html lang="en" className={inter.variable} suppressHydrationWarning>
      <body className="font-sans">
        <Providers>
          <Gate>{children}</Gate>
        </Providers>
      </body>
    </html>
  );
}

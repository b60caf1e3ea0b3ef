import type { Metadata } from 'next';
import { FeedsDesk } from './feeds-desk';

export const metadata: Metadata = { title: 'Feeds' };

export default function FeedsPage() {
  return <FeedsDesk />;
}

import type { Metadata } from 'next';
import { WelcomeView } from './view';

export const metadata: Metadata = { title: 'Welcome', referrer: 'no-referrer' };

/** Where one-time links lead. The secret stands behind `#`, so that it is in no request and in no log. */
export default function WelcomePage() {
  return <WelcomeView />;
}

'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { DoorPage } from '../_access/door-page';
import { post } from '../_access/post';
import { AcceptForm, type LinkFacts } from './accept-form';

type Looked = { readonly token: string; readonly facts: LinkFacts } | { readonly wrong: string } | null;

export function WelcomeView() {
  const looked = useLink();
  if (looked === null) return <DoorPage title="One moment" lead="The link is being looked at." />;
  if ('wrong' in looked) return <Unusable why={looked.wrong} />;
  const { title, lead } = words(looked.facts);
  return (
    <DoorPage title={title} lead={lead}>
      <AcceptForm key={looked.token} token={looked.token} facts={looked.facts} />
    </DoorPage>
  );
}

/** Somebody who has their account already comes on from here. */
function Unusable({ why }: { why: string }) {
  return (
    <DoorPage
      title="This link cannot be used"
      lead={<span className="inline-block first-letter:uppercase">{why}.</span>}
    >
      <Button asChild size="md">
        <a href="/sign-in">Sign in</a>
      </Button>
    </DoorPage>
  );
}

function words({ purpose, email, role }: LinkFacts): { title: string; lead: string } {
  if (purpose === 'setup')
    return { title: 'Set up Ringside', lead: 'Nobody has an account yet. Yours will be the first admin.' };
  if (purpose === 'reset')
    return { title: 'A new password', lead: `For ${email ?? 'your account'}. All its sessions end.` };
  return { title: 'Welcome', lead: `You are invited as ${role ?? 'viewer'}, with the email ${email ?? ''}.` };
}

/** Asks what the link in the address is for; again when another link is opened in the same tab. */
function useLink(): Looked {
  const [looked, setLooked] = useState<Looked>(null);
  useEffect(() => {
    let gone = false;
    const look = (): void => {
      const token = window.location.hash.slice(1);
      const still = (): boolean => !gone && token === window.location.hash.slice(1);
      void ask(token).then((answer) => still() && setLooked(answer));
    };
    look();
    window.addEventListener('hashchange', look);
    return () => {
      gone = true;
      window.removeEventListener('hashchange', look);
    };
  }, []);
  return looked;
}

async function ask(token: string): Promise<Looked> {
  if (token === '') return { wrong: 'the part of the address behind # is missing: copy the whole link' };
  const result = await post('/api/auth/link', { token });
  return result.ok ? { token, facts: result.answer as LinkFacts } : { wrong: result.message };
}

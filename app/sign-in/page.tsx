import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { visitor } from '@/app/_access/guard';
import { services } from '@/server/services';
import { pathBack } from '@/server/api/sign-in/visitor';
import { NobodyYet } from './nobody-yet';
import { SignInView } from './view';

export const metadata: Metadata = { title: 'Sign in' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Search }) {
  const { back, ended, refused } = await searchParams;
  const path = pathBack(typeof back === 'string' ? back : '/');
  if ((await visitor()) !== null) redirect(path);
  const { access } = services();
  if (await access.unclaimed()) return <NobodyYet back={path} />;
  return (
    <SignInView
      back={path}
      ended={ended !== undefined}
      refused={typeof refused === 'string' ? refused : null}
      provider={access.oidcName}
    />
  );
}

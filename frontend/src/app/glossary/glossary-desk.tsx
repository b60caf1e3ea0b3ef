'use client';

import { PAGES } from '@/config/desk';
import { Glossary } from '@/features/glossary/glossary';

const NAMES = new Map([...PAGES.map(({ path, name }): [string, string] => [path, name]), ['/account', 'Account']]);

/** The words of the screens, with the names of the pages that show them. */
export const GlossaryDesk = () => <Glossary pageNames={NAMES} />;

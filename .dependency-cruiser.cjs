const { readdirSync } = require('node:fs');
const path = require('node:path');

/** Which folder may import from which: the arrows of docs/ARCHITECTURE.md, checked by `npm test`. */
const rule = (name, from, to, comment, extra = {}) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, ...extra },
  to: { path: to.path, ...to },
});

/** Tests may know what they test beside what they stand in. */
const TESTS = '\\.test(-support)?\\.tsx?$';

const ANY_FILE = '[^/]+';

/**
 * The folders within `base`: each knows those named with it and no other. Of the files in `base` itself those named `shared`
 * may be known to all and know no folder; the others put the folders together, and no folder knows them.
 */
const parts = (base, comment, known, shared = '(?!)') => {
  const folders = readdirSync(path.join(__dirname, base), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const named = Object.keys(known);
  const strange = [
    ...folders.map(({ name }) => name).filter((name) => !named.includes(name)),
    ...named.filter((name) => !folders.some((folder) => folder.name === name)),
  ];
  // A rule for a folder that is not there checks nothing, and neither does a folder without a rule.
  if (strange.length > 0)
    throw new Error(`${base}: the import rules and the folders differ by ${strange.join(', ')}`);
  return [
    rule(`${base}: shared`, `^${base}/${shared}$`, { path: `^${base}/[^/]+/` }, comment, { pathNot: TESTS }),
    ...Object.entries(known).map(([part, lower]) =>
      rule(
        `${base}/${part}`,
        `^${base}/${part}/`,
        { path: `^${base}/`, pathNot: `^${base}/((${[part, ...lower].join('|')})/|${shared}$)` },
        comment,
        { pathNot: TESTS },
      ),
    ),
  ];
};

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'A cycle hides which part is the lower one.',
      from: {},
      to: { circular: true },
    },
    rule(
      'domain-is-pure',
      '^domain/',
      { path: '^(?!domain/|node_modules/zod/)', dependencyTypesNot: ['type-only'] },
      'The vocabulary imports zod and itself: no clock, no I/O, no React.',
      { pathNot: TESTS },
    ),
    rule(
      'db-below-server',
      '^db/',
      { path: '^(server|app|components)/', dependencyTypesNot: ['type-only'] },
      'db is below server.',
    ),
    rule(
      'server-below-app',
      '^server/',
      { path: '^(app|components)/', dependencyTypesNot: ['type-only'] },
      'The server never imports a page.',
    ),
    rule(
      'components-from-domain',
      '^components/',
      { path: '^(app|server|db)/', dependencyTypesNot: ['type-only'] },
      'Components draw what they are handed.',
    ),
    rule(
      'browser-takes-types',
      '^app/(?!api/).*(view|_client/).*',
      { path: '^(server|db)/', dependencyTypesNot: ['type-only'] },
      'The browser takes types from the server, never values.',
    ),
    rule(
      'app-reaches-services',
      '^app/',
      { path: '^(server/(?!services\\.ts$|api/)|db/)', dependencyTypesNot: ['type-only'] },
      'Pages and doors reach the server through server/services.ts and server/api.',
    ),
    rule(
      'router-in-order',
      '^server/router/(prepare|duplicates|commit)/',
      { path: '^server/router/delivery/' },
      'An event is prepared, compared and committed before anybody is handed it.',
    ),
    rule(
      'prepared-first',
      '^server/router/prepare/',
      { path: '^server/router/(duplicates|commit)/' },
      'Preparing an event looks at nothing but the event.',
    ),
    ...[
      ['sql|blocks', 'matching|words|values|search|facets|export'],
      ['matching', 'words|values|search|facets|export'],
      ['words', 'values|search|facets|export'],
      ['values', 'search|facets|export'],
    ].map(([lower, upper]) =>
      rule(
        `history-${lower.replace('|', '-and-')}-below`,
        `^server/history/(${lower})/`,
        { path: `^server/history/(${upper})/` },
        'Searches and counts stand on values, words, what matches and blocks, in this order.',
        { pathNot: TESTS },
      ),
    ),
    ...parts('server/cli', 'The commands know nothing of each other.', {
      common: [],
      access: ['common'],
      actions: ['common'],
      events: ['common'],
      serve: ['common'],
      upkeep: ['common'],
      build: [],
    }),
    ...parts(
      'components/events',
      'Filters hold the search box and show counts; the list draws a feed; one event is shown by itself.',
      {
        counts: [],
        query: [],
        filtering: ['query', 'counts'],
        feed: [],
        list: ['feed'],
        event: [],
        around: [],
      },
      ANY_FILE,
    ),
    ...parts(
      'app/_client',
      'The connection is below what is asked over it; the shell around all pages is on top.',
      {
        live: [],
        queries: ['live'],
        newest: ['live', 'queries'],
        page: ['live'],
        views: ['queries'],
        palette: ['queries', 'views'],
        shell: ['live', 'queries', 'views', 'palette'],
      },
      ANY_FILE,
    ),
    ...parts('server/api', 'What is asked for knows how it is asked and refused, not the other way round.', {
      refusals: [],
      rest: ['refusals'],
      trpc: ['refusals'],
      'sign-in': ['rest'],
      incoming: ['refusals', 'rest'],
      events: ['refusals', 'rest'],
      pages: ['refusals', 'trpc'],
      actions: ['refusals', 'rest', 'trpc', 'pages'],
      settings: ['refusals', 'trpc'],
      shell: ['refusals', 'trpc'],
    }),
    ...parts(
      'components/ui',
      'What is pressed and what signs, names, times and values look like stands by itself; what opens has something to press.',
      {
        controls: [],
        names: [],
        panel: [],
        signs: [],
        time: [],
        over: ['controls'],
        'multi-select': ['controls', 'over', 'panel'],
        values: ['names', 'signs'],
      },
      '(cn|format|go)\\.tsx?',
    ),
    ...parts(
      'components/charts',
      'What a chart looks like and where it is drawn is below picture, overlay and table; charts put them together.',
      {
        look: [],
        frame: ['look'],
        picture: ['frame', 'look'],
        overlay: ['frame', 'look'],
        table: ['frame'],
      },
      'types\\.ts',
    ),
    ...parts(
      'components/nodes',
      'What is wrong is judged from the fleet and from results; each picture of the nodes stands by itself.',
      { fleet: [], grid: ['fleet'], leadership: [], results: [], timeline: [], wrong: ['fleet', 'results'] },
      ANY_FILE,
    ),
    ...parts(
      'components/shell',
      'The shell puts together what a page stands in, the way to pages, and the keys.',
      { nav: [], page: [], keys: ['nav'] },
    ),
    {
      name: 'clients-stand-alone',
      severity: 'error',
      comment: 'A client is one file that others copy: Node and nothing else.',
      from: { path: '^clients/', pathNot: TESTS },
      to: { dependencyTypesNot: ['core'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nobody imports it: delete it or wire it.',
      from: {
        orphan: true,
        path: '^(domain|db|server|components)/',
        pathNot: ['\\.test\\.tsx?$', '\\.d\\.ts$', '^server/(main|cli/.*|bench/.*)', '\\.worker\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-test',
      severity: 'error',
      comment: 'Tests are leaves.',
      from: { pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.test\\.tsx?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|dist|e2e)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

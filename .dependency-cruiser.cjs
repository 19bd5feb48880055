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

/** What the parts of a page share: all that stands beside the page itself. */
const PAGE_FILE = '(?!(page|view)\\.)[^/]+';

/** Names of folders as expressions: `[job_id]` is no choice of letters. */
const literally = (name) => name.replace(/[[\]]/g, '\\$&');

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
        `^${base}/${literally(part)}/`,
        {
          path: `^${base}/`,
          pathNot: `^${base}/((${[part, ...lower].map(literally).join('|')})/|${shared}$)`,
        },
        comment,
        { pathNot: TESTS },
      ),
    ),
  ];
};

/** Folders of `app` that are no addresses begin with an underscore: whoever looks for a page finds pages. */
const onlyAddresses = (folder) => {
  for (const entry of readdirSync(path.join(__dirname, folder), { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('_')) continue;
    const within = `${folder}/${entry.name}`;
    const files = readdirSync(path.join(__dirname, within), { recursive: true });
    if (!files.some((file) => /^(.*\/)?(page\.tsx|route\.ts)$/.test(file)))
      throw new Error(`${within}: neither a page nor a door; a part of a page begins with an underscore`);
    onlyAddresses(within);
  }
};
onlyAddresses('app');

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
    rule(
      'process-below',
      '^server/process/',
      { path: '^server/(?!process/|config\\.ts$)' },
      'What the process needs itself knows its settings, and nothing of events.',
      { pathNot: TESTS },
    ),
    rule(
      'history-below-router',
      '^server/history/',
      { path: '^server/(router|live|bridges|producers|api|http)/' },
      'History keeps what it is handed.',
      { pathNot: TESTS },
    ),
    rule(
      'doors-on-top',
      '^server/(auth|producers|api)/',
      { path: '^server/http/' },
      'The HTTP server asks accounts and doors who gets through, not the other way round.',
      { pathNot: TESTS },
    ),
    ...[
      ['sql|blocks', 'matching|words|values|search|facets|export|writer|readers'],
      ['matching', 'words|values|search|facets|export|writer|readers'],
      ['words', 'values|search|facets|export|writer|readers'],
      ['values', 'search|facets|export|writer|readers'],
      ['search|facets|export', 'writer|readers'],
    ].map(([lower, upper]) =>
      rule(
        `history-${lower.replaceAll('|', '-and-')}-below`,
        `^server/history/(${lower})/`,
        { path: `^server/history/(${upper})/` },
        'Searches and counts stand on values, words, what matches and blocks, in this order; threads run them.',
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
      check: ['build'],
    }),
    ...parts(
      'components/events',
      'Filters hold the search box and show counts; the list draws a feed; one event is shown with the way to those around it.',
      {
        counts: [],
        query: [],
        filtering: ['query', 'counts'],
        feed: [],
        list: ['feed'],
        around: [],
        event: ['around'],
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
        notify: ['live'],
        views: ['queries'],
        palette: ['queries', 'views'],
        shell: ['live', 'notify', 'queries', 'views', 'palette'],
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
    ...parts(
      'app/_actions',
      'The press itself is below what is asked for; requests and champions know nothing of each other.',
      { press: [], champion: ['press'], request: ['press'] },
    ),
    ...parts(
      'app/work',
      'The tabs know nothing of each other; two of them show items, and the figures stand over all.',
      { _items: [], _queue: ['_items'], _tasks: ['_items'], _daemons: [], _learning: [], _figures: [] },
      PAGE_FILE,
    ),
    ...parts(
      'app/elo',
      'Configs and leaderboard have curves of their own.',
      { _curves: [], _configs: ['_curves'], _leaderboard: ['_curves'] },
      PAGE_FILE,
    ),
    ...parts(
      'app/pipeline',
      'Stages, runs and findings are each shown by themselves.',
      { _stages: [], _runs: [], _findings: [] },
      PAGE_FILE,
    ),
    ...parts(
      'app/training',
      'Runs and trouble are each shown by themselves; the page of one run shows both.',
      { _runs: [], _trouble: [], '[job_id]': ['_runs', '_trouble'] },
      PAGE_FILE,
    ),
    ...parts(
      'app/quality',
      'Where configs stand and their episodes are each shown by themselves.',
      { _standing: [], _episodes: [] },
      PAGE_FILE,
    ),
    ...parts(
      'domain/events',
      'The catalogue is below: names, what is derived, relations and texts are read off it.',
      {
        catalogue: [],
        names: ['catalogue'],
        derived: ['catalogue'],
        relations: ['catalogue', 'derived'],
        text: ['catalogue'],
      },
      '(envelope|event-id)\\.ts',
    ),
    ...parts(
      'server/simulator',
      'The simulation puts the actors on one clock; demo and load know nothing of each other.',
      { actors: [], simulation: ['actors'], demo: ['simulation'], load: [] },
      '(actor|cluster|random|world)\\.ts',
    ),
    ...parts(
      'server/history/facets',
      'Steps count into tallies; which events to count is found from the leaves of a query.',
      { tallies: [], leaves: [], steps: ['tallies'] },
    ),
    ...parts(
      'server/history/words',
      'Phrases are found from the places that the pages of the index tell.',
      { pages: [], phrases: ['pages'] },
      '(formula|kept-words|seq-set|stretch)\\.ts',
    ),
    ...parts('server/api/pages/elo', 'Statistics know numbers, and nothing of events or pages.', {
      statistics: [],
    }),
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

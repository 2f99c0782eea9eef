/** The contexts in the order in which they may import each other: each one only those before it. */
const order = [
  'platform',
  'identity',
  'audit',
  'providers',
  'roster',
  'clocks',
  'cases',
  'dispatch',
  'notify',
  'insight',
];

const noImportFromBelow = order.map((context, index) => ({
  name: `${context}-imports-only-those-above-it`,
  severity: 'error',
  from: { path: `^libs/${context}/` },
  to: { path: `^libs/(${order.slice(index + 1).join('|') || 'none'})/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, dependencyTypesNot: ['type-only'] } },
    ...noImportFromBelow,
    {
      name: 'only-the-index-of-another-context',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^libs/$1/', '^libs/[^/]+/(domain/)?index\\.ts$'] },
    },
    {
      name: 'apps-import-only-the-index-of-a-context',
      severity: 'error',
      from: { path: '^apps/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/index\\.ts$' },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'domain-is-pure',
      comment: 'domain/ knows no framework, no database, no I/O.',
      severity: 'error',
      from: { path: '^libs/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: [
          '^libs/[^/]+/(?!domain/|index\\.ts)',
          'node_modules/(@nestjs|typeorm|pg|bullmq|ioredis|fastify)/',
          '^(node:)?(fs|net|http|https|child_process)$',
        ],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

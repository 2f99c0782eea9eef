import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { publishedProblems } from '../../libs/platform/index.js';

/** Serves the OpenAPI 3.1 document at `/v1/openapi.json` and its pages at `/docs`. It is made when it is first asked for. */
export function serveOpenApi(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  const make = () => (document ??= openApiDocument(app));
  SwaggerModule.setup('docs', app, make, {
    jsonDocumentUrl: 'v1/openapi.json',
    yamlDocumentUrl: 'v1/openapi.yaml',
    customSiteTitle: 'Codegrey API',
    customfavIcon: 'data:,',
    customCss: pageStyle,
    swaggerOptions: { docExpansion: 'none', filter: true, persistAuthorization: true, validatorUrl: null },
  });
}

/** The bar at the top only names the program that draws the page. */
const pageStyle = `
  .swagger-ui .topbar { display: none }
  .swagger-ui .info details td, .swagger-ui .info details th { padding: 0.25rem 1rem 0.25rem 0; text-align: left }
  .swagger-ui .info summary { cursor: pointer; padding: 0.75rem 0 }`;

/** The contract as the code states it: routes, DTO classes and their validators. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Codegrey')
    .setDescription(`Rapid-response desk for hospitals under cyberattack.\n\n${problemTable()}`)
    .setVersion('1')
    .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/en/')
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}.${method}`,
  });
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: problemSchema };
  for (const operation of operationsOf(document))
    operation.responses = { ...operation.responses, default: problemResponse };
  return nullableAsType(document) as OpenAPIObject;
}

function problemTable(): string {
  const rows = publishedProblems().map(({ slug, status, title }) => `| \`${slug}\` | ${status} | ${title} |`);
  return [
    'Failures are RFC 9457 problems.',
    '',
    '<details><summary>Every type of problem, by the end of its `type`</summary>',
    '',
    '| type | status | title |',
    '|---|---|---|',
    ...rows,
    '',
    '</details>',
  ].join('\n');
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

const problemResponse = {
  description: 'A problem (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head'] as const;

function operationsOf(document: OpenAPIObject) {
  return Object.values(document.paths).flatMap((path) => methods.flatMap((method) => path[method] ?? []));
}

/** OpenAPI 3.1 is JSON Schema, which knows no `nullable`: what the generator marks so becomes a choice with null. */
function nullableAsType(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(nullableAsType);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, nullableAsType(value)]),
  );
  if (nullable !== true) return rest;
  if (typeof rest.type === 'string') {
    const choices = Array.isArray(rest.enum) ? { enum: [...(rest.enum as unknown[]), null] } : {};
    return { ...rest, type: [rest.type, 'null'], ...choices };
  }
  return { anyOf: [rest, { type: 'null' }] };
}

// Renders /openapi/v1.json. Everything of the document becomes text, never markup.
'use strict';

const methods = ['get', 'head', 'post', 'put', 'patch', 'delete'];

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const text = value => typeof value === 'string' ? value : JSON.stringify(value, null, 2);
const idOf = route => `${route.method} ${route.path}`.replace(/[^A-Za-z0-9]+/g, '-');

function routesOf(api) {
  return Object.entries(api.paths).flatMap(([path, item]) => methods
    .filter(method => item[method])
    .map(method => ({ path, method: method.toUpperCase(), tag: (item[method].tags || ['Other'])[0], ...item[method] })));
}

function typeOf(schema = {}) {
  const types = [schema.type ?? []].flat().filter(type => type !== 'null');
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (types.includes('array')) return `${typeOf(schema.items)}[]`;
  return types.includes('integer') ? 'integer' : types.join(' or ') || 'any';
}

function table(rows) {
  return element('table', {}, ...rows.map(row => element('tr', {}, ...row.map(cell => element('td', {}, cell)))));
}

function parametersOf(route) {
  const rows = (route.parameters || []).map(parameter =>
    [parameter.name, `${parameter.in}, ${typeOf(parameter.schema)}`, parameter.description || '']);
  return rows.length ? [element('h3', {}, 'Parameters'), table(rows)] : [];
}

function contentOf(content) {
  return Object.entries(content || {}).flatMap(([type, body]) => [
    element('div', { className: 'says' }, body.schema?.$ref ? `${type}: ${typeOf(body.schema)}` : type),
    body.example === undefined ? null : element('pre', {}, text(body.example)),
  ]);
}

function responsesOf(route) {
  const [good, bad] = [[], []];
  for (const [status, response] of Object.entries(route.responses || {})) {
    (status.startsWith('2') ? good : bad).push([status, response]);
  }
  return [
    ...good.flatMap(([status, response]) => [element('h3', {}, `Answer ${status} ${response.description || ''}`), ...contentOf(response.content)]),
    element('h3', {}, 'Problems (application/problem+json)'),
    table(bad.map(([status, response]) => [status, '', response.description])),
  ];
}

function curlOf(route) {
  const body = Object.entries(route.requestBody?.content || {})[0];
  const quoted = value => `'${value.replaceAll("'", "'\\''")}'`;
  return [
    `curl -u USER${route.method === 'GET' ? '' : ` -X ${route.method}`} ${quoted(location.origin + route.path)}`,
    ...(body ? [`  -H 'Content-Type: ${body[0]}'`] : []),
    ...(body?.[1].example !== undefined ? [`  -d ${quoted(JSON.stringify(body[1].example))}`] : []),
  ].join(' \\\n');
}

function routeView(route) {
  return element('details', { id: idOf(route) },
    element('summary', {},
      element('span', { className: `method ${route.method}` }, route.method),
      element('span', { className: 'path' }, route.path),
      element('span', { className: 'says' }, route.summary || '')),
    element('div', { className: 'body' },
      route.description ? element('p', {}, route.description) : null,
      ...parametersOf(route),
      ...(route.requestBody ? [element('h3', {}, 'Request'), ...contentOf(route.requestBody.content)] : []),
      element('h3', {}, 'Try it'),
      element('pre', {}, curlOf(route)),
      ...responsesOf(route)));
}

function schemaRows(schema, prefix = '') {
  return Object.entries(schema.properties || {}).flatMap(([name, property]) => {
    const inner = property.type === 'array' ? property.items || {} : property;
    const path = prefix + name + (property.type === 'array' ? '[]' : '');
    return [[path, property.format || typeOf(property), property.description || ''], ...schemaRows(inner, `${path}.`)];
  });
}

function show(api, wanted) {
  const routes = routesOf(api).filter(route => `${route.method} ${route.path} ${route.summary}`.toLowerCase().includes(wanted.toLowerCase()));
  const tags = [...new Set(routes.map(route => route.tag))].sort();
  const of = tag => routes.filter(route => route.tag === tag).sort((a, b) => a.path.localeCompare(b.path));
  document.getElementById('contents').replaceChildren(...tags.flatMap(tag => [
    element('strong', {}, tag),
    ...of(tag).map(route => element('a', { href: `#${idOf(route)}` },
      element('span', { className: `method ${route.method}` }, route.method), route.path.replace('/api/v1alpha1', ''))),
  ]));
  document.getElementById('routes').replaceChildren(
    element('h1', {}, `${api.info.title} ${api.info.version}`),
    element('p', {}, api.info.description || ''),
    ...tags.flatMap(tag => [element('h2', {}, tag), ...of(tag).map(routeView)]),
    element('h2', {}, 'Bodies'),
    ...Object.entries(api.components?.schemas || {}).map(([name, schema]) => element('details', { id: name },
      element('summary', {}, element('span', { className: 'path' }, name)),
      element('div', { className: 'body' }, table(schemaRows(schema))))));
}

function openLinked() {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked instanceof HTMLDetailsElement) {
    linked.open = true;
    linked.scrollIntoView();
  }
}

fetch('/openapi/v1.json').then(answer => answer.json()).then(api => {
  const search = document.getElementById('search');
  search.addEventListener('input', () => show(api, search.value));
  addEventListener('hashchange', openLinked);
  show(api, '');
  openLinked();
}).catch(problem => document.getElementById('routes').replaceChildren(
  element('p', {}, `/openapi/v1.json cannot be read: ${problem.message}`)));

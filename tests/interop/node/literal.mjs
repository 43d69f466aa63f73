// An account's life through node-soap, by the literal description. Usage: node literal.mjs URL KEY
import { promisify } from 'node:util';
import soap from 'soap';

const [url, key] = process.argv.slice(2);
const site = 'strict.test';

async function connect(query, headers = {}) {
  const client = await soap.createClientAsync(`${url}/apnscp-literal.wsdl?modules=admin,common`);
  client.setEndpoint(`${url}/soap/literal${query}`);
  for (const [name, value] of Object.entries(headers)) client.addHttpHeader(name, value);
  return {
    call: async (method, args = {}) => (await promisify(client[method])(args))?.result ?? null,
    async fault(method, args = {}) {
      try {
        await this.call(method, args);
      } catch (error) {
        const said = error.root?.Envelope?.Body?.Fault;
        return said ? [said.faultcode.replace(/^.*:/, ''), said.faultstring] : String(error);
      }
      return 'no fault';
    },
  };
}

const text = (content) => ({ string: content });
const list = (...texts) => ({ list: { item: texts.map(text) } });
const map = (entries) => ({ map: { entry: Object.entries(entries).map(([key, value]) => ({ key, value })) } });
const plain = (value) => {
  const [[kind, content] = []] = Object.entries(value ?? {});
  if (kind === 'map') return entries(content);
  return kind === undefined || kind === 'attributes' ? null : content;
};
const entries = (map) => Object.fromEntries([].concat(map.entry).map(({ key, value }) => [key, plain(value)]));

const seen = {};
seen.whoami = await (await connect('', { 'Auth-Key': key })).call('whoami');
const admin = await connect(`?authkey=${key}`);
const strict = await connect(`?authkey=${key}`, { 'Abort-On': 'error' });
const siteinfo = map({ plan: text('basic'), email: text(`owner@${site}`) });
const opts = map({ siteinfo, billing: map({ invoice: text('Größe <€> & 1') }) });
seen.added = await admin.call('add-site', { domain: site, admin: 'strict', opts });
seen.edited = await admin.call('edit-site', { site, opts: map({ 'diskquota.quota': text('5000') }) });
const params = list('siteinfo.email', 'billing.invoice', 'billing.parent_invoice', 'diskquota.quota');
seen.row = entries(await admin.call('collect', { params, sites: list(site) }))[site];
seen.nowhere = await admin.call('get-site-id-from-domain', { domain: 'nosuch.test' });
seen.refused = await strict.fault('edit-site', { site: 'nosuch.test' });
seen.refused_quietly = await admin.call('edit-site', { site: 'nosuch.test' });
seen.not_emulated = await admin.fault('activate-license', { key: 'x' });
seen.wrong_key = await (await connect('?authkey=0')).fault('whoami');
const session = await admin.call('hijack', { site });
seen.site_whoami = await (await connect('', { Cookie: `esprit_id=${session}` })).call('whoami');
seen.deleted = await admin.call('delete-site', { site });
console.log(JSON.stringify(seen));

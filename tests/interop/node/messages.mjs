// A refusal without Abort-On: its text is in the header block, the value is false. Usage: node messages.mjs URL KEY
import soap from 'soap';

const [url, key] = process.argv.slice(2);
const client = await soap.createClientAsync(`${url}/apnscp.wsdl`);
client.setEndpoint(`${url}/soap?authkey=${key}`);
const [answer, body] = await client.rampart_banAsync({ ip: '203.0.113.7', jail: 'nosuch' });
const value = answer.return?.$value ?? answer.return;
console.log(JSON.stringify({ value: String(value) === 'true', header: body.includes("Unknown jail `nosuch'") }));

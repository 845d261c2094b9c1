// Every method of the npm client open311 against one server: node play.js ADDRESS KEY. Prints one JSON object.
const { promisify } = require("util");
const Open311 = require("open311");

const [address, key, jurisdiction] = process.argv.slice(2);
const city = (format) =>
  new Open311({ endpoint: `${address}/v2/`, discovery: `${address}/discovery.json`, apiKey: key, jurisdiction, format });
const method = (client, name) => promisify(client[name].bind(client));
const asked = { service_code: "environment", description: "楼下垃圾桶满了三天。", address_string: "4号小区东门", lat: 32.0812, long: 118.7523 };

async function main() {
  const json = city("json");
  const found = {};
  found.discovery = (await method(json, "serviceDiscovery")()).endpoints.length > 0;
  const codes = (await method(json, "serviceList")()).map((one) => one.service_code);
  found.services = codes.includes(asked.service_code);
  found.definition = (await method(json, "serviceDefinition")(asked.service_code)).service_code === asked.service_code;
  const number = (await method(json, "submitRequest")(asked))[0].service_request_id;
  found.filed = Boolean(number);
  found.token = (await method(json, "token")(number))[0].service_request_id === number;
  const [read] = await method(json, "serviceRequests")(number);
  found.read = read.status === "open" && read.requested_datetime instanceof Date && !Number.isNaN(+read.requested_datetime);
  found.listed = (await method(json, "serviceRequests")([number], {})).length === 1;
  found.open = (await method(json, "serviceRequests")({ status: "open" })).some((one) => one.service_request_id === number);
  found.filed_in_xml = Boolean((await method(city("xml"), "submitRequest")(asked))[0].service_request_id);
  found.wrong_key = await method(Object.assign(city("json"), { apiKey: "gz_wrong" }), "submitRequest")(asked).then(() => false, (code) => code === 403);
  console.log(JSON.stringify({ number, found }));
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});

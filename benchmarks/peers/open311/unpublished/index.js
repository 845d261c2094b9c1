exports.parseXml = () => {
  throw new Error("sparkxml was never published");
};

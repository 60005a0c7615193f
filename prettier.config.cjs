/** @type {import('prettier').Config} */
const config = {
  // As a module: where the plugin lies is not where this file lies.
  plugins: [require.resolve("@prettier/plugin-xml")],
  bracketSpacing: false,
  printWidth: 88,
  proseWrap: "always",
  trailingComma: "es5",
  xmlWhitespaceSensitivity: "preserve",
  overrides: [{files: "*.xml", options: {tabWidth: 4}}],
};

module.exports = config;

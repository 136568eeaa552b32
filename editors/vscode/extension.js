// Runs "soplint lsp" beside the language server for Go.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

async function start() {
  const command = vscode.workspace.getConfiguration('soplint').get('path');
  client = new LanguageClient('soplint', 'soplint',
    { command, args: ['lsp'] },
    { documentSelector: [{ scheme: 'file', language: 'go' }] });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`soplint: cannot run ${command}: ${error.message}. Install it, or set soplint.path.`);
  }
}

async function stop() {
  if (client && client.isRunning()) {
    await client.stop();
  }
}

async function activate(context) {
  context.subscriptions.push(vscode.commands.registerCommand('soplint.restart', async () => {
    await stop();
    await start();
  }));
  context.subscriptions.push(vscode.workspace.onDidChangeConfiguration(async (change) => {
    if (change.affectsConfiguration('soplint.path')) {
      await stop();
      await start();
    }
  }));
  await start();
}

module.exports = { activate, deactivate: stop };

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { openAccess } from '../../src/app/access.js';
import { type RunningServer, startServer } from '../../src/app/server.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

describe('GraphiQL', () => {
  let api: TestApi;
  let server: RunningServer;
  let browser: BrowserContext;
  let profile: string;
  let page: Page;
  const elsewhere: string[] = [];
  const complaints: string[] = [];

  before(async function () {
    if (!existsSync(executablePath)) {
      console.log(`    (skipped: there is no ${executablePath}; install chromium or set CHROMIUM)`);
      this.skip();
    }
    this.timeout(60_000);
    api = await openTestApi(harbour());
    server = await startServer({ ...api, port: 0 });
    profile = await mkdtemp(join(tmpdir(), 'fabula-chromium-'));
    browser = await chromium.launchPersistentContext(profile, {
      executablePath,
      headless: true,
      viewport: { width: 1400, height: 900 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('response', async (response) => {
      if (response.status() >= 400) complaints.push(`${response.request().postData()} ${await response.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await api?.close();
    if (profile) await rm(profile, { recursive: true, force: true });
  });

  it('loads, and runs every example on the film that is there', async () => {
    await page.goto(server.url);
    await page.waitForSelector('.graphiql-execute-button');
    const tabs = page.locator('.graphiql-tab-button');
    const answers = ['The harbour', 'BURNED_IN', 'The ship leaves at dawn.', 'snippet', 'Mara'];
    assert.ok((await tabs.count()) > answers.length);
    for (const [index, text] of answers.entries()) {
      await tabs.nth(index).click();
      // GraphiQL reads the operation's name from the editor a moment after the tab has changed.
      await page.waitForTimeout(500);
      await page.click('.graphiql-execute-button');
      const answer = page.locator('.result-window');
      await answer.getByText(text).first().waitFor({ timeout: 10_000 });
      assert.ok(!(await answer.textContent())?.includes('"errors"'));
      if (process.env.FABULA_SCREENSHOTS)
        await page.screenshot({ path: join(process.env.FABULA_SCREENSHOTS, `graphiql-${index + 1}.png`) });
    }
  });

  it('shows the documentation', async () => {
    await page.click('button[aria-label="Show Documentation Explorer"]');
    await page.getByText('Root Types').waitFor();
  });

  it('works with a token in the headers', async () => {
    const token = 'x'.repeat(20);
    const guarded = await startServer({
      ...{ ...api, port: 0 },
      access: openAccess({ by: 'token', tokens: new Map([[token, 'viewer']]) }),
    });
    const fresh = await browser.newPage();
    await fresh.goto(guarded.url);
    // The header is there to be filled in: the cursor goes between the last quotation marks.
    await fresh.locator('.graphiql-editor-tool .CodeMirror:visible').click();
    for (const key of ['Control+End', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft']) await fresh.keyboard.press(key);
    await fresh.keyboard.type(token);
    await fresh.locator('.graphiql-query-editor .CodeMirror').click();
    await fresh.keyboard.press('Control+A');
    await fresh.keyboard.type('query {episodes {nodes {title');
    await fresh.waitForTimeout(500);
    await fresh.click('.graphiql-execute-button');
    await fresh.locator('.result-window').getByText('The harbour').first().waitFor({ timeout: 10_000 });
    await fresh.close();
    await guarded.close();
  });

  it('asks nothing of any other server, and breaks no rule of its page', () => {
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(complaints, []);
  });
});

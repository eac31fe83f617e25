import { chromium } from '@playwright/test';
const base = process.env.BASE ?? 'http://127.0.0.1:48310';
const what = process.argv[2] ?? 'robot/rover1';
const out = process.argv[3] ?? 'rover';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const views = {
    desktop: { width: 1280, height: 800 },
    phone: { width: 360, height: 740 },
    wide: { width: 740, height: 360 },
};
for (const [name, viewport] of Object.entries(views)) {
    for (const scheme of ['dark', 'light']) {
        if (process.env.ONLY && !`${name}-${scheme}`.match(process.env.ONLY)) continue;
        const context = await browser.newContext({
            viewport,
            colorScheme: scheme,
            hasTouch: name !== 'desktop',
            isMobile: name !== 'desktop',
        });
        const page = await context.newPage();
        page.on('console', (m) => ['error', 'warning'].includes(m.type()) && console.log(name, scheme, m.text()));
        page.on('pageerror', (e) => console.log(name, scheme, 'PAGEERROR', e.message));
        await page.goto(`${base}/#/robots/${what === 'list' ? '' : encodeURIComponent(what)}`);
        await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`look_${name}_${scheme}`);
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        await page.waitForTimeout(2500);
        if (what.startsWith('robot/') && !process.env.STILL) {
            const pad = page.getByRole('application');
            const box = await pad.boundingBox();
            await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
            await page.mouse.down();
            await page.mouse.move(box.x + box.width * 0.62, box.y + box.height * 0.15, { steps: 4 });
            await page.waitForTimeout(700);
        }
        const wider = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            document.querySelector('.page')?.scrollWidth,
            innerWidth,
        ]);
        console.log(name, scheme, 'widths', wider.join(' '));
        await page.screenshot({ path: `/tmp/robots-run/${out}-${name}-${scheme}.png` });
        await page.mouse.up();
        if ((name === 'phone' && scheme === 'dark') || process.env.FULL) {
            await page.evaluate(() => {
                for (const s of ['.shell', '.page']) {
                    const e = document.querySelector(s);
                    e.style.height = 'auto';
                    e.style.overflow = 'visible';
                }
                document.body.style.height = 'auto';
            });
            await page.waitForTimeout(300);
            await page.screenshot({ path: `/tmp/robots-run/${out}-${name}-${scheme}-full.png`, fullPage: true });
        }
        await context.close();
    }
}
await browser.close();

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../libs/platform/index.js';

const file = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');
const html = 'text/html; charset=utf-8';

/** The page that shows what the demo phones and the demo inbox receive, live. It holds nothing by itself: its reader brings a key. */
@ApiExcludeController()
@Public()
@Controller('demo')
export class DemoPageController {
  private readonly page = file('demo.html');
  private readonly script = file('demo.js');
  private readonly style = file('console.css');

  @Get()
  @Header('content-type', html)
  document(): string {
    return this.page;
  }

  @Get('demo.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  javascript(): string {
    return this.script;
  }

  @Get('console.css')
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return this.style;
  }
}

/** What a browser finds at the address that `npm start` prints: where to go from here. */
@ApiExcludeController()
@Public()
@Controller()
export class StartPageController {
  private readonly page = file('start.html');

  @Get()
  @Header('content-type', html)
  document(): string {
    return this.page;
  }
}

/** Pages served beside the API. */
@Module({ controllers: [StartPageController, DemoPageController] })
export class ConsoleModule {}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header, Module } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../libs/platform/index.js';

const page = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

/** The page that shows what the demo phones and the demo inbox receive, live. It holds nothing by itself: its reader brings a key. */
@ApiExcludeController()
@Public()
@Controller('demo')
export class ConsoleController {
  private readonly html = page('demo.html');
  private readonly script = page('demo.js');
  private readonly style = page('demo.css');

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  document(): string {
    return this.html;
  }

  @Get('demo.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  javascript(): string {
    return this.script;
  }

  @Get('demo.css')
  @Header('content-type', 'text/css; charset=utf-8')
  stylesheet(): string {
    return this.style;
  }
}

/** Pages served beside the API. */
@Module({ controllers: [ConsoleController] })
export class ConsoleModule {}

import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import { BoardDto, BoardQuery } from './board.dto.js';
import { Board } from './board.service.js';

@ApiTags('live')
@ApiBearerAuth()
@Controller('v1/board')
export class BoardController {
  constructor(private readonly board: Board) {}

  /** Every open ticket with its next clock, what is due first on top; tickets without a running clock come last. */
  @Get()
  @AllowRoles('coordinator', 'auditor', 'responder')
  read(@Caller() viewer: Viewer, @Query() query: BoardQuery): Promise<BoardDto> {
    return this.board.read(viewer, query);
  }
}

import { setSourceMapsSupport } from 'node:module';

// Loaded before everything else (`node --import`): stack traces name lines of our sources. Node's own --enable-source-maps would
// also read the maps of every library, and keep them.
setSourceMapsSupport(true);

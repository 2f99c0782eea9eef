export { DemoModule } from './demo/demo.module.js';
export { demoPhoneAddress } from './demo/demo-phone-channel.js';
export { notifyMigrations } from './migrations/index.js';
export { NotifyModule } from './notify.module.js';
export { NotifyWorkerModule } from './notify-worker.module.js';
export { seedContactMethod, type SeededContactMethod } from './seed-contact-method.js';

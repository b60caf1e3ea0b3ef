import { isFlag, placeOf, STEPS, stepsFor } from './model';

const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describe('the first look round', () => {
  it('takes a minute: few steps, few words', () => {
    expect(STEPS.length).toBeLessThanOrEqual(6);
    const words = STEPS.flatMap((step) => `${step.title} ${step.words}`.split(' '));
    expect(words.length).toBeLessThan(200);
    expect(new Set(STEPS.map((step) => step.at)).size).toBe(STEPS.length);
  });
  it('leaves out what is not on the screen', () => expect(stepsFor((at) => at !== 'past').map((step) => step.at)).not.toContain('past'));
  it('points from below, and from above at what stands low', () => {
    expect(placeOf({ left: 100, right: 300, top: 8, bottom: 40 }, DESK, 340)).toEqual({ left: 30, top: 54, width: 340, maxHeight: 838 });
    expect(placeOf({ left: 0, right: 390, top: 788, bottom: 844 }, PHONE, 340)).toEqual({ left: 25, bottom: 70, width: 340, maxHeight: 766 });
  });
  it('stays wholly on the screen, however narrow', () => {
    const corner = placeOf({ left: 350, right: 382, top: 8, bottom: 40 }, PHONE, 340);
    expect(corner.left + corner.width).toBeLessThanOrEqual(382);
    expect(placeOf({ left: 0, right: 100, top: 0, bottom: 40 }, { width: 320, height: 400 }, 340)).toMatchObject({ left: 8, width: 304 });
    expect(placeOf({ left: 0, right: 200, top: 50, bottom: 890 }, DESK, 340).top).toBe(450);
  });
  it('is remembered by a flag and nothing else', () => {
    expect(isFlag(true)).toBe(true);
    expect(isFlag('yes')).toBeNull();
  });
});

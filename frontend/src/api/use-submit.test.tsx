// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anything, required } from './form-checks';
import { Problem } from './problem';
import { useSubmit } from './use-submit';

vi.setConfig({ testTimeout: 20_000 });

const refusal = (code: string, status: number, errors: { field: string; message: string }[] = [], wait: number | null = null) => new Problem(code, code, `${code}, in words`, status, null, errors, wait);

function Form({ work, blame }: { work: (values: Record<'first' | 'password', string>) => Promise<void>; blame?: 'password' }) {
  const form = useSubmit({ fields: { first: required('Type the first.'), password: anything }, blame, work });
  return (
    <form {...form.props}>
      <label>
        First <input name="first" />
      </label>
      <label>
        Password <input name="password" />
      </label>
      <p>first: {form.errorOf('first') ?? 'fine'}</p>
      <p>password: {form.errorOf('password') ?? 'fine'}</p>
      <p>form: {form.general ?? 'fine'}</p>
      <button type="submit">Send</button>
    </form>
  );
}

async function sent(work: () => Promise<void>, blame?: 'password'): Promise<void> {
  render(<Form work={work} blame={blame} />);
  await userEvent.type(screen.getByLabelText('First'), 'one');
  await userEvent.click(screen.getByRole('button'));
}

describe('a form', () => {
  it('sends nothing while a check fails, and goes there', async () => {
    const work = vi.fn();
    render(<Form work={work} />);
    await userEvent.click(screen.getByRole('button'));
    expect(screen.getByText('first: Type the first.')).toBeInTheDocument();
    expect(screen.getByLabelText('First')).toHaveFocus();
    expect(work).not.toHaveBeenCalled();
  });

  it('takes a complaint back once something else is typed there', async () => {
    render(<Form work={vi.fn()} />);
    await userEvent.click(screen.getByRole('button'));
    await userEvent.type(screen.getByLabelText('First'), 'o');
    expect(screen.getByText('first: fine')).toBeInTheDocument();
  });

  it('hands over what was typed, by name', async () => {
    const work = vi.fn().mockResolvedValue(undefined);
    await sent(work);
    expect(work).toHaveBeenCalledWith({ first: 'one', password: '' });
  });

  it('goes to the first wrong field on the page, whatever the order of the answer', async () => {
    await sent(() => Promise.reject(refusal('invalid', 422, [{ field: 'password', message: 'Too short.' }, { field: 'first', message: 'Too long.' }])));
    expect(await screen.findByText('first: Too long.')).toBeInTheDocument();
    expect(screen.getByText('password: Too short.')).toBeInTheDocument();
    expect(screen.getByText('form: fine')).toBeInTheDocument();
    expect(screen.getByLabelText('First')).toHaveFocus();
  });

  it('knows which field a refusal is about by its code', async () => {
    await sent(() => Promise.reject(refusal('reauth_required', 403)));
    expect(await screen.findByText('password: reauth_required, in words')).toBeInTheDocument();
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it('says what is wrong with no field, and goes to the one that is to blame', async () => {
    await sent(() => Promise.reject(refusal('invalid_credentials', 401)), 'password');
    expect(await screen.findByText('form: invalid_credentials, in words')).toBeInTheDocument();
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it('is sent once, however often the button is pressed', async () => {
    const work = vi.fn(() => new Promise<void>(() => undefined));
    await sent(work);
    await userEvent.click(screen.getByRole('button'));
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('waits as long as it is told, then takes another try', async () => {
    const work = vi.fn().mockRejectedValueOnce(refusal('too_many_requests', 429, [], 1)).mockResolvedValue(undefined);
    await sent(work);
    expect(await screen.findByText(/form: Too many tries. You can try again in 1 s/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button'));
    expect(work).toHaveBeenCalledTimes(1);
    expect(await screen.findByText('form: fine', {}, { timeout: 5_000 })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button'));
    expect(work).toHaveBeenCalledTimes(2);
  });
});

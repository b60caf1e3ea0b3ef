// @vitest-environment jsdom
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Problem } from '@/api/problem';
import { send } from '@/api/send';
import { CodeStep } from './code-step';
import { LoginForm } from './login-form';
import { RegisterForm } from './register-form';

vi.mock('@/api/send', () => ({ send: vi.fn() }));
// A busy machine takes its time with every key.
vi.setConfig({ testTimeout: 20_000 });

const sent = vi.mocked(send);
const refusal = (code: string, status: number, detail: string, errors: { field: string; message: string }[] = [], wait: number | null = null) => new Problem(code, code, detail, status, null, errors, wait);
const answer = { access_token: 'never kept', expires_in: 900, user: { id: 'north' } };

// Braces: a function that is returned would be called after the test.
beforeEach(() => {
  sent.mockReset();
});

const login = () => {
  const onSignedIn = vi.fn();
  const onCodeWanted = vi.fn();
  render(<LoginForm onSignedIn={onSignedIn} onCodeWanted={onCodeWanted} />);
  return { onSignedIn, onCodeWanted, email: screen.getByLabelText('E-mail'), password: screen.getByLabelText('Password') };
};

describe('signing in', () => {
  it('says what is missing beside its field, and goes to the first', async () => {
    const { email, password } = login();
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(email).toHaveAccessibleDescription('Type your e-mail address.');
    expect(email).toBeInvalid();
    expect(password).toHaveAccessibleDescription('Type your password.');
    expect(email).toHaveFocus();
    expect(sent).not.toHaveBeenCalled();
  });

  it('is sent by Enter, once', async () => {
    const { onSignedIn, email, password } = login();
    let finish: (value: unknown) => void = () => undefined;
    sent.mockReturnValue(new Promise((resolve) => (finish = resolve)) as never);
    await userEvent.type(email, 'north@example.com');
    await userEvent.type(password, 'a long password{Enter}');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await userEvent.type(password, '{Enter}');
    expect(sent).toHaveBeenCalledTimes(1);
    expect(sent).toHaveBeenCalledWith('POST', '/api/v1/auth/login', { body: { email: 'north@example.com', password: 'a long password' } });
    finish(answer);
    await waitFor(() => expect(onSignedIn).toHaveBeenCalledWith(answer));
  });

  it('says when the password is not right, and leads back to it', async () => {
    const { email, password } = login();
    sent.mockRejectedValue(refusal('invalid_credentials', 401, 'E-mail address or password are not right.'));
    await userEvent.type(email, 'north@example.com');
    await userEvent.type(password, 'wrong{Enter}');
    expect(await screen.findByText('E-mail address or password are not right.')).toBeInTheDocument();
    expect(password).toHaveFocus();
  });

  it('counts down what is left of a wait, and takes no try meanwhile', async () => {
    const { email, password } = login();
    sent.mockRejectedValue(refusal('too_many_requests', 429, 'Too many.', [], 42));
    await userEvent.type(email, 'north@example.com');
    await userEvent.type(password, 'wrong{Enter}');
    expect(await screen.findByText(/You can try again in 4[12] s/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeDisabled();
    await userEvent.type(password, '{Enter}');
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it('says so when nobody answers', async () => {
    const { email, password } = login();
    sent.mockRejectedValue(new Problem('unreachable', 'The backend does not answer', null, null, null));
    await userEvent.type(email, 'north@example.com');
    await userEvent.type(password, 'right{Enter}');
    expect(await screen.findByText(/does not answer/)).toBeInTheDocument();
  });

  it('asks for the code where the account has a second step', async () => {
    const { onCodeWanted, email, password } = login();
    sent.mockResolvedValue({ mfa_required: true, mfa_token: 'owed' } as never);
    await userEvent.type(email, 'north@example.com');
    await userEvent.type(password, 'right{Enter}');
    await waitFor(() => expect(onCodeWanted).toHaveBeenCalledWith('owed'));
  });
});

describe('the code', () => {
  it('is taken from a paste with spaces and sent by itself', async () => {
    const onSignedIn = vi.fn();
    sent.mockResolvedValue(answer as never);
    render(<CodeStep mfaToken="owed" onSignedIn={onSignedIn} onStartOver={vi.fn()} />);
    const field = screen.getByLabelText('Code');
    expect(field).toHaveFocus();
    await userEvent.paste('123 456');
    await waitFor(() => expect(onSignedIn).toHaveBeenCalled());
    expect(sent).toHaveBeenCalledWith('POST', '/api/v1/auth/mfa/challenge', { body: { mfa_token: 'owed', code: '123456' } });
  });

  it('is typed with six keys, and what is wrong with it stands beside it', async () => {
    sent.mockRejectedValue(refusal('invalid_code', 401, 'This code is not right, or no longer.'));
    render(<CodeStep mfaToken="owed" onSignedIn={vi.fn()} onStartOver={vi.fn()} />);
    await userEvent.keyboard('12a3456');
    expect(await screen.findByText('This code is not right, or no longer.')).toBeInTheDocument();
    expect(screen.getByLabelText('Code')).toHaveAccessibleDescription(/not right/);
    expect(sent).toHaveBeenCalledTimes(1);
  });

  it('can be a recovery code', async () => {
    sent.mockResolvedValue(answer as never);
    render(<CodeStep mfaToken="owed" onSignedIn={vi.fn()} onStartOver={vi.fn()} />);
    await userEvent.click(screen.getByRole('button', { name: 'Use a recovery code' }));
    await userEvent.type(screen.getByLabelText('Recovery code'), 'snm7-48b7{Enter}');
    expect(sent).toHaveBeenCalledWith('POST', '/api/v1/auth/mfa/challenge', { body: { mfa_token: 'owed', recovery_code: 'snm7-48b7' } });
  });
});

describe('making an account', () => {
  const register = () => {
    const told = { onSignedIn: vi.fn(), onMade: vi.fn(), onMailSent: vi.fn() };
    render(<RegisterForm loginHref="/login" {...told} />);
    return told;
  };
  const fill = async (password: string) => {
    await userEvent.type(screen.getByLabelText('E-mail'), 'north@example.com');
    await userEvent.type(screen.getByLabelText('Password'), `${password}{Enter}`);
  };

  it('tells the rules before, and how much is missing while one types', async () => {
    register();
    expect(screen.getByLabelText('Password')).toHaveAccessibleDescription(/At least 12 characters/);
    await userEvent.type(screen.getByLabelText('Password'), 'short');
    expect(screen.getByText('7 more characters')).toBeInTheDocument();
  });

  it('signs in with what was typed', async () => {
    const told = register();
    sent.mockResolvedValueOnce({ id: 'north' } as never).mockResolvedValueOnce(answer as never);
    await fill('wide river stones');
    await waitFor(() => expect(told.onSignedIn).toHaveBeenCalledWith(answer));
  });

  it('shows the way to sign in where the address has an account', async () => {
    register();
    sent.mockRejectedValue(refusal('email_taken', 409, 'There is an account with this address already.'));
    await fill('wide river stones');
    expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/login');
    expect(screen.getByLabelText('E-mail')).toHaveFocus();
  });

  it('puts the server’s words about a password beside the password', async () => {
    register();
    sent.mockRejectedValue(refusal('weak_password', 422, 'weak', [{ field: 'password', message: 'Many people use this password; choose another.' }]));
    await fill('password12345');
    expect(await screen.findByText('Many people use this password; choose another.')).toBeInTheDocument();
    expect(screen.getByLabelText('Password')).toHaveFocus();
  });

  it('sends people to their mail where the address is confirmed first', async () => {
    const told = register();
    sent.mockResolvedValue({ detail: 'A mail is on its way.' } as never);
    await fill('wide river stones');
    await waitFor(() => expect(told.onMailSent).toHaveBeenCalledWith('north@example.com'));
  });
});

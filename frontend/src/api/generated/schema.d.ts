// Generated from openapi.json by `npm run client`; never edited by hand.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive?
         * @description Touches nothing: it answers as long as the process does.
         */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Do the parts it needs answer?
         * @description Each part is asked for at most a second, and its answer kept for 1.5 s.
         */
        get: operations["get_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products
         * @description Lists every product with stored futures, with its front contract's quote and how fresh the data is.
         */
        get: operations["list_futures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Latest quotes
         * @description Answers with the newest quote of each symbol, in the order asked for.
         */
        get: operations["get_futures_quotes"];
        put?: never;
        /**
         * Latest quotes of a long list
         * @description Answers as the GET of the same name does, for up to 1,000 symbols.
         */
        post: operations["query_futures_quotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/{root}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One product and its contracts
         * @description Answers with the product and its contracts that live at `as_of`: dates, quote, open interest.
         */
        get: operations["get_future"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/{root}/curve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Term structure
         * @description Answers with each contract's price by expiry, its basis and roll yield a year; the curve's shape.
         *
         *     As CSV, Parquet or Arrow there is one row per contract and instant.
         */
        get: operations["get_futures_curve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/{root}/spreads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calendar spreads and butterflies
         * @description Answers with spreads priced from their legs: bid is what the legs' quotes pay, ask what they cost.
         *
         *     As CSV, Parquet or Arrow there is one row per spread.
         */
        get: operations["get_futures_spreads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/{root}/continuous": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Continuous series and its rolls
         * @description Answers with one long series made of a product's contracts, and with the roll table.
         *
         *     A roll is decided by what was known before it: volume of the day before, open interest of two days
         *     before. No row carries the new contract's price before the roll's `ts`. Figures do not depend on the range
         *     asked for. With `from` these are the first `limit` rows of the range, without it the last.
         */
        get: operations["get_futures_continuous"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/{root}/rolls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roll table
         * @description Answers with the rolls of the continuous series of the same question, oldest first, as a table.
         */
        get: operations["get_futures_rolls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/futures/{root}/roll": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Roll monitor
         * @description Answers with the front contract and the one positions move to: how volume and open interest divide,
         *     when the roll falls by calendar, and what rolling costs by the quotes.
         */
        get: operations["get_futures_roll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instruments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search instruments
         * @description Lists stored instruments: exact matches first, then indices, equities, perpetuals, futures and options,
         *     each by root, expiry and strike. One symbol appears once per source.
         */
        get: operations["list_instruments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instruments/{symbol}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One instrument
         * @description Answers with an instrument's full contract specification, its expiry to the second and the time left.
         *
         *     Where several sources list the symbol, the one with the latest data answers; `sources` names them all.
         */
        get: operations["get_instrument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instruments/{symbol}/bars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bars of an instrument
         * @description Answers with open, high, low, close, volume and open interest, oldest first.
         *
         *     Bars come as stored or are built of finer ones; where there are none, of quotes. With `from` these
         *     are the first `limit` bars of the range, without it the last.
         */
        get: operations["get_instrument_bars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instruments/{symbol}/depth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much is stored of an instrument
         * @description Answers with first and last row, count and gaps of each kind of bars and of quotes, by source.
         */
        get: operations["get_instrument_depth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instruments/{symbol}/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stored quotes of an instrument
         * @description Answers with quotes as they were stored, oldest first: the first `limit` from `from`, or the last.
         */
        get: operations["get_instrument_quotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Underlyings of options
         * @description List the families of options with data: open expiries, volatility at the money, status.
         */
        get: operations["list_option_underlyings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options/{underlying}/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Option chain
         * @description Return the chain of one expiry with implied volatilities and Greeks.
         *
         *     As CSV, Parquet or Arrow there is one row per option, and what all rows share is in the schema's metadata
         *     (not in CSV).
         */
        get: operations["get_option_chain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options/{underlying}/heatmap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Heatmap by strike and expiry
         * @description Return a strike × expiry matrix of one metric.
         *
         *     `change` is the volatility now less that of the last state at least 20 hours before the newest quote.
         */
        get: operations["get_option_heatmap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options/{underlying}/smile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Smiles
         * @description Return smiles of one or several expiries, now and at further dates: quotes and a fitted curve.
         */
        get: operations["get_option_smile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options/{underlying}/surface": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Volatility surface
         * @description Return the volatility surface over all expiries that have not passed, and what is wrong with it.
         */
        get: operations["get_volatility_surface"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/options/{underlying}/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the chains say together
         * @description Return term structure, skew, max pain, put/call ratios, open interest, gamma exposure, expected move
         *     and the rank of volatility, each with its formula.
         *
         *     As CSV, Parquet or Arrow there is one row per expiry and strike.
         */
        get: operations["get_option_analytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/greeks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prices and Greeks of many contracts
         * @description Price and Greeks for columns of contracts, columns in, columns out.
         *
         *     Columns have one length, or one value for all rows; up to 50,000 rows (2,000 with `binomial`) and 8 MiB.
         *     `black76` and `bachelier` take `forward`; the other models `spot` and `dividend_yield` (an option on a
         *     future: the future's price, and the rate). A bad cell is null with a status.
         */
        post: operations["compute_greeks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/greeks/implied-vol": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Implied volatilities of many prices
         * @description Implied volatilities for columns of contracts: as for Greeks, with `price` in place of `vol`.
         */
        post: operations["compute_implied_vol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a strategy is worth
         * @description Answers with cost, payoff at the first expiry, profit by price and day, Greeks, break-evens, extremes
         *     and the probability of a profit of up to 20 legs of one underlying.
         *
         *     The numbers of a leg are those of its chain: model, forward, rate and volatility are told with it. Money
         *     is price × quantity × the multiplier of the contract's specification. Volatilities stay with their strikes
         *     when the price moves; forwards of several expiries move by the same amount. A leg that cannot be
         *     valued says why in `status`, and the figures of the whole are null.
         */
        post: operations["evaluate_strategy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How every feed is doing
         * @description Tells which feeds are live, silent or off, and where they connect to; as topic `system:feeds` does.
         */
        get: operations["list_feeds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/feeds/{feed}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Put a feed on or off
         * @description Takes effect at once and is remembered. A feed that is put on connects to its `address`.
         */
        patch: operations["switch_feed"];
        trace?: never;
    };
    "/api/v1/feeds/{feed}/fault": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Practise a fault
         * @description Has the simulated feed fail until it is made well again, so that one sees what stale or bad prices
         *     look like before they come from a venue. Other feeds answer 404.
         */
        post: operations["practise_fault"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Push quotes
         * @description Takes up to 5,000 quotes (2 MiB) of a source of your own, and answers when they are on the disk.
         *
         *     The contracts come from their canonical symbols and the terms of their products. A quote that cannot be
         *     so is left out and named with the reason; the others are taken. The same symbol, time and number again
         *     is a duplicate: a request that got no answer can be sent again.
         */
        post: operations["push_quotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description Make an account. It does not sign in.
         *
         *     Where addresses must be confirmed first, the answer is the same 202 whether or not there is an account.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Sign in with e-mail address and password; sets the cookies.
         *
         *     An account with a second factor gets a `mfa_token` for `POST /auth/mfa/challenge` instead, and no cookie.
         */
        post: operations["log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in as a script
         * @description Sign in by the form of an OAuth2 password grant: the same, with the refresh token in the body.
         */
        post: operations["get_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stay signed in
         * @description Exchange a refresh token for fresh tokens.
         *
         *     A browser sends its cookie and gets new cookies; a script sends the token in the body and gets a new pair
         *     there. A token is good once: for ten seconds the same answer comes again, then its session ends.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Sign out: the session ends at once, everywhere. Without one nothing is to end, and that is well.
         */
        post: operations["log_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password
         * @description Give yourself another password. All your sessions end; this one goes on with new cookies.
         *
         *     A script signs in again, or takes its tokens from the cookies of the answer.
         */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a link to choose a new password
         * @description Have a link mailed that works once, for 30 minutes. The answer is the same without an account.
         */
        post: operations["forgot_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a new password by a mailed link
         * @description Use the link up and give the account a new password. All its sessions end, and none begins.
         */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your sessions
         * @description Where you are signed in: the sessions that live, the one used last first.
         */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of your sessions
         * @description Sign out a browser or script: its tokens are worthless from the next request on.
         */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out everywhere
         * @description End all your sessions, this one too, at once and everywhere. API keys go on.
         *
         *     Without a session that lives, nothing is to end, and that is well; an API key can't do it.
         */
        post: operations["log_out_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/csrf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A CSRF token
         * @description The token of this session for the header `X-CSRF-Token`.
         *
         *     Only a client that keeps cookies but sends neither `Sec-Fetch-Site` nor `Origin` needs it.
         */
        get: operations["get_csrf_token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your second factor
         * @description Tells whether a code is asked for when you sign in, and how many recovery codes are left.
         */
        get: operations["get_mfa"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set up a second factor
         * @description Makes a secret for an authenticator app. It is pending until a code of it comes to `verify`, for 15
         *     minutes; setting up again voids it. Without `password` you must have signed in within five minutes, else
         *     it is a 403 `reauth_required`.
         */
        post: operations["set_up_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor on
         * @description Turns on the second factor that was set up, by a code of the app. The ten recovery codes are shown in
         *     this answer only; your other sessions end.
         */
        post: operations["verify_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a code
         * @description The second step of signing in: answers as the first would have without a second factor. A code is good
         *     once, from half a minute before its time to half a minute after.
         */
        post: operations["answer_mfa_challenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn the second factor off
         * @description Turns it off and deletes its secret and recovery codes; your other sessions end. Takes the password and
         *     a code of the app or a recovery code; without both it is a 403 `reauth_required`.
         */
        post: operations["disable_mfa"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description Makes ten new codes; the old ones stop working. Takes what `disable` takes.
         */
        post: operations["renew_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your API keys
         * @description Lists your keys, the newest first: those that work and those that expired. Revoked ones are gone.
         */
        get: operations["list_api_keys"];
        put?: never;
        /**
         * Make an API key
         * @description Makes a key for scripts. `key` is shown in this answer only; it does what its scopes say, as long as
         *     you may do it yourself. At most 25 keys work at a time.
         */
        post: operations["create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Ends one of your keys: from the next request on it is nobody's.
         */
        delete: operations["revoke_api_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another e-mail address
         * @description Mails a link to the new address, and a notice to the present one, which stays until then.
         */
        post: operations["change_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an e-mail address
         * @description Uses the token of a mailed link: confirms an account's address, or puts a new one in its place.
         */
        post: operations["verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email/verify/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the link again
         * @description Mails another link to an address still to be confirmed. The answer is the same for any address.
         */
        post: operations["resend_verification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your account
         * @description Answers with the caller's account, and with what the caller may do with this session or key.
         */
        get: operations["get_me"];
        put?: never;
        post?: never;
        /**
         * Delete your account
         * @description Deletes the account and everything in it, at once and for good, and signs out everywhere.
         *
         *     That it existed, and what happened to it, stays in the log. The last administrator can't go.
         */
        delete: operations["delete_me"];
        options?: never;
        head?: never;
        /**
         * Change your name
         * @description Changes the name. Address, password and second factor have calls of their own.
         */
        patch: operations["update_me"];
        trace?: never;
    };
    "/api/v1/users/me/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to your account
         * @description Lists sign-ins, changes and refusals, the newest first. Nobody can change or delete an entry.
         */
        get: operations["list_my_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your preferences
         * @description Answers with the document kept for the caller, whatever is in it, and its version as `ETag`.
         */
        get: operations["get_preferences"];
        /**
         * Keep your preferences
         * @description Replaces the whole document. With `If-Match`, a document that changed meanwhile is a 412.
         */
        put: operations["put_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All accounts
         * @description Lists accounts, the newest first. For administrators.
         */
        get: operations["list_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything we keep about you
         * @description Answers with one document: account, preferences, watch lists, strategies, sessions, API keys, events.
         *
         *     No secret is in it.
         */
        get: operations["export_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change somebody's role or status
         * @description Gives somebody another role or status, which counts from their next request on. They are told by mail.
         *
         *     Disabling an account ends its sessions and API keys for good. The last administrator who can sign in stays
         *     one.
         */
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/v1/watchlists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your watch lists
         * @description Answers with all your lists, at most 20, the oldest first.
         */
        get: operations["list_watchlists"];
        put?: never;
        /**
         * Make a watch list
         * @description Makes a list of at most 200 instruments. A symbol that no source lists is refused by its name.
         */
        post: operations["create_watchlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/watchlists/{list_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One watch list
         * @description Answers with one of your lists, and its version as `ETag`.
         */
        get: operations["get_watchlist"];
        put?: never;
        post?: never;
        /**
         * Delete a watch list
         * @description Deletes one of your lists.
         */
        delete: operations["delete_watchlist"];
        options?: never;
        head?: never;
        /**
         * Change a watch list
         * @description Renames a list, or replaces its symbols as a whole, which is also how they are put in another order.
         *
         *     With `If-Match`, a list that changed meanwhile is a 412.
         */
        patch: operations["update_watchlist"];
        trace?: never;
    };
    "/api/v1/strategies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your strategies
         * @description Answers with all strategies you keep, at most 200, the newest first.
         */
        get: operations["list_strategies"];
        put?: never;
        /**
         * Keep a strategy
         * @description Keeps a strategy of at most 20 legs. Its contracts need not be listed any more, nor yet.
         */
        post: operations["create_strategy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/strategies/{strategy_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One strategy
         * @description Answers with one of your strategies, and its version as `ETag`.
         */
        get: operations["get_strategy"];
        put?: never;
        post?: never;
        /**
         * Delete a strategy
         * @description Deletes one of your strategies.
         */
        delete: operations["delete_strategy"];
        options?: never;
        head?: never;
        /**
         * Change a strategy
         * @description Changes name, notes, underlying or the legs as a whole. With `If-Match`, one that changed meanwhile is
         *     a 412.
         */
        patch: operations["update_strategy"];
        trace?: never;
    };
    "/api/v1/stream/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A ticket for the stream
         * @description Answers with a ticket that opens the stream once, within 30 s, as the caller.
         *
         *     For clients that can send neither our cookie nor a header with the opening of a WebSocket. The connection
         *     lasts as long as the session or key that the ticket was made with.
         */
        post: operations["make_stream_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountExport
         * @description Everything that is kept about one account, but hashes and seeds.
         */
        AccountExport: {
            /**
             * Exported At
             * Format: date-time
             */
            exported_at: string;
            account: components["schemas"]["UserItem"];
            /** Password Changed At */
            password_changed_at: string | null;
            /** Preferences */
            preferences: {
                [key: string]: unknown;
            };
            /** Watchlists */
            watchlists: components["schemas"]["WatchlistOut"][];
            /** Strategies */
            strategies: components["schemas"]["StrategyOut"][];
            /** Sessions */
            sessions: components["schemas"]["SessionRecord"][];
            /** Api Keys */
            api_keys: components["schemas"]["ApiKeyRecord"][];
            /**
             * Events
             * @description The newest first; the last 20,000.
             */
            events: components["schemas"]["AuditItem"][];
        };
        /**
         * Adjust
         * @description How earlier prices are shifted at a roll: not at all, by the gap, or by the factor.
         * @enum {string}
         */
        Adjust: "none" | "difference" | "ratio";
        /**
         * AnalyticsAnswer
         * @description What the chains of one root say together.
         */
        AnalyticsAnswer: {
            /**
             * Underlying
             * @description The options' root.
             * @example ES
             */
            underlying: string;
            /**
             * Source
             * @description Where the data comes from.
             * @example lean
             */
            source: string;
            /**
             * Currency
             * @description Currency of strikes, forward and Greeks.
             * @example USD
             */
            currency: string | null;
            /**
             * Price Currency
             * @description Unit of option prices: `currency`, or the coin of an inverse option.
             * @example USD
             */
            price_currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Units
             * @description The unit of every number.
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Newest Ts
             * Format: date-time
             * @description Time of the newest quote.
             * @example 2020-01-06T15:00:00Z
             */
            newest_ts: string;
            /**
             * Status
             * @description How fresh the data was when asked for.
             * @example closed
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /**
             * Delta Convention
             * @description What the 25 of 25-delta counts.
             */
            delta_convention: string;
            /**
             * Formulas
             * @description The definition of each number, by its field.
             */
            formulas: {
                [key: string]: components["schemas"]["FormulaText"];
            };
            /**
             * Expiries
             * @description The term structure, soonest first.
             */
            expiries: components["schemas"]["ExpiryAnalytics"][];
            /** @description Over all expiries of the answer. */
            total: components["schemas"]["Interest"];
            /** @description Summed over all expiries of the answer. */
            by_strike: components["schemas"]["StrikeColumns"];
            gamma_exposure: components["schemas"]["GammaExposure"];
            iv_rank: components["schemas"]["IvRank"];
        };
        /**
         * ApiKeyIn
         * @description A key that is to be made.
         */
        ApiKeyIn: {
            /**
             * Name
             * @description What it is for, to recognise it by.
             * @example Nightly report
             */
            name: string;
            /**
             * Scopes
             * @description What it may do; none that you may not do.
             * @example [
             *       "market:read"
             *     ]
             */
            scopes: ("market:read" | "market:write" | "portfolio:read" | "portfolio:write" | "alerts:write")[];
            /**
             * Expires At
             * @description When it ends; without it and `expires_in_days`, never.
             * @example null
             */
            expires_at?: string | null;
            /**
             * Expires In Days
             * @description Instead: in how many days it ends.
             * @example 90
             */
            expires_in_days?: number | null;
        };
        /**
         * ApiKeyMade
         * @description A new key, with its secret, which is shown this once.
         */
        ApiKeyMade: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Name
             * @example Nightly report
             */
            name: string;
            /**
             * Prefix
             * @example ts_live_4fQz
             */
            prefix: string;
            /**
             * Last Four
             * @example 9aBc
             */
            last_four: string;
            /**
             * Scopes
             * @example [
             *       "market:read"
             *     ]
             */
            scopes: components["schemas"]["Permission"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * @description When it ends; null: never.
             */
            expires_at: string | null;
            /**
             * Last Used At
             * @description Moves at most once in 30 seconds.
             */
            last_used_at: string | null;
            /**
             * Key
             * @description Send it as `Authorization: Bearer KEY`. It is never shown again.
             * @example ts_live_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
             */
            key: string;
        };
        /**
         * ApiKeyOut
         * @description A key as it is shown: by its beginning and its last four characters.
         */
        ApiKeyOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Name
             * @example Nightly report
             */
            name: string;
            /**
             * Prefix
             * @example ts_live_4fQz
             */
            prefix: string;
            /**
             * Last Four
             * @example 9aBc
             */
            last_four: string;
            /**
             * Scopes
             * @example [
             *       "market:read"
             *     ]
             */
            scopes: components["schemas"]["Permission"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * @description When it ends; null: never.
             */
            expires_at: string | null;
            /**
             * Last Used At
             * @description Moves at most once in 30 seconds.
             */
            last_used_at: string | null;
        };
        /**
         * ApiKeyRecord
         * @description An API key, also one that was revoked; never the key itself.
         */
        ApiKeyRecord: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Name
             * @example Nightly report
             */
            name: string;
            /**
             * Prefix
             * @example ts_live_4fQz
             */
            prefix: string;
            /**
             * Last Four
             * @example 9aBc
             */
            last_four: string;
            /**
             * Scopes
             * @example [
             *       "market:read"
             *     ]
             */
            scopes: components["schemas"]["Permission"][];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Expires At
             * @description When it ends; null: never.
             */
            expires_at: string | null;
            /**
             * Last Used At
             * @description Moves at most once in 30 seconds.
             */
            last_used_at: string | null;
            /** Revoked At */
            revoked_at: string | null;
        };
        /**
         * AuditItem
         * @description Something that happened to an account.
         */
        AuditItem: {
            /**
             * Ts
             * Format: date-time
             */
            ts: string;
            /**
             * Event
             * @example signed_in
             */
            event: string;
            /**
             * By You
             * @description Whether the owner did it; else an administrator or the program.
             */
            by_you: boolean;
            /**
             * Ip
             * @example 192.0.2.1
             */
            ip: string | null;
            /** User Agent */
            user_agent: string | null;
            /** Detail */
            detail: {
                [key: string]: unknown;
            };
        };
        /**
         * Band
         * @description Prices between which the market ends with a given probability.
         */
        Band: {
            /**
             * Probability
             * @example 0.6827
             */
            probability: number;
            /**
             * Low
             * @example 81.1
             */
            low: number;
            /**
             * High
             * @example 92.6
             */
            high: number;
        };
        /** Bar */
        Bar: {
            /**
             * Ts
             * Format: date-time
             * @description Start of the bar, UTC; a daily bar's is midnight of its trade date.
             * @example 2013-10-07T15:00:00Z
             */
            ts: string;
            /**
             * Open
             * @description First price, in the contract's own unit of price.
             * @example 1325.3
             */
            open: number | null;
            /**
             * High
             * @description Highest price, in the contract's own unit of price.
             * @example 1326
             */
            high: number | null;
            /**
             * Low
             * @description Lowest price, in the contract's own unit of price.
             * @example 1324.9
             */
            low: number | null;
            /**
             * Close
             * @description Last price, in the contract's own unit of price.
             * @example 1325.5
             */
            close: number | null;
            /**
             * Volume
             * @description Contracts traded; null where built of quotes.
             * @example 412
             */
            volume: number | null;
            /**
             * Open Interest
             * @description Open contracts, as last published.
             * @example 231234
             */
            open_interest: number | null;
        };
        /**
         * BarInterval
         * @description The lengths of a bar; an identifier or interval in SQL comes from here only.
         * @enum {string}
         */
        BarInterval: "1s" | "1m" | "5m" | "15m" | "30m" | "1h" | "1d";
        /** BarsAnswer */
        BarsAnswer: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * @description The length of a bar.
             * @example 5m
             */
            interval: components["schemas"]["BarInterval"];
            /**
             * Built From
             * @description The stored rows the bars were made of: trade bars, or quotes (middle of bid and ask, else last trade).
             * @example 1m
             * @enum {string}
             */
            built_from: "1s" | "1m" | "5m" | "15m" | "1h" | "1d" | "quotes";
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Truncated
             * @description Whether `limit` left bars out: newer ones where `from` was given, else older ones.
             * @example false
             */
            truncated: boolean;
            /**
             * Items
             * @description Oldest first; the last may still be growing.
             */
            items: components["schemas"]["Bar"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * ChainAnswer
         * @description The chain of one expiry, calls and puts mirrored around the strikes.
         */
        ChainAnswer: {
            /**
             * Expiry
             * Format: date
             * @description Expiry date, the exchange's own.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Expires At
             * Format: date-time
             * @description Last moment of value.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string;
            /**
             * Dte
             * @description Calendar days from `as_of`, on the exchange's calendar.
             * @example 74
             */
            dte: number;
            /**
             * Expiry Years
             * @description Time to `expires_at` in years by `day_count`, to the second.
             * @example 0.2024
             */
            expiry_years: number;
            /**
             * Underlying Symbol
             * @description What the options settle to.
             * @example ES-2020-03
             */
            underlying_symbol: string | null;
            /**
             * Spot
             * @description Index or share price, in `currency`.
             * @example 3246.28
             */
            spot: number | null;
            /**
             * Forward
             * @description Forward of this expiry, in `currency`.
             * @example 3234.125
             */
            forward: number | null;
            /**
             * Forward Source
             * @description `future`: the underlying future's fresh two-sided quote or the venue's own forward; `parity`: put-call parity; `spot_carry`: spot grown at the rate, without yield.
             * @example future
             */
            forward_source: ("future" | "parity" | "spot_carry") | null;
            /**
             * Parity Forward
             * @description What put-call parity says, whichever forward is used.
             * @example 3234.06
             */
            parity_forward: number | null;
            /**
             * Parity Pairs
             * @description Pairs of call and put in the parity fit.
             * @example 38
             */
            parity_pairs: number;
            /**
             * Parity Residual
             * @description Misfit of parity, in price units.
             * @example 0.12
             */
            parity_residual: number | null;
            /**
             * Rate
             * @description Discount rate per year, continuously compounded.
             * @example 0.04
             */
            rate: number;
            /**
             * Rate Source
             * @description `parity`: implied by the quotes; `assumed`: a setting; `convention`: 0, as coin venues.
             * @example assumed
             * @enum {string}
             */
            rate_source: "parity" | "assumed" | "convention";
            /**
             * Dividend Yield
             * @description Yield per year that carries spot to the forward.
             * @example 0.018
             */
            dividend_yield: number | null;
            /**
             * Day Count
             * @description How time is counted.
             * @example ACT/365F
             * @constant
             */
            day_count: "ACT/365F";
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Model
             * @description Pricing model.
             * @example bjerksund_stensland_2002
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Delta Kind
             * @description What delta is per 1.00 of.
             * @example forward
             * @enum {string}
             */
            delta_kind: "forward" | "spot" | "premium_adjusted";
            /**
             * Underlying
             * @description The options' root.
             * @example ES
             */
            underlying: string;
            /**
             * Source
             * @description Where the data comes from.
             * @example lean
             */
            source: string;
            /**
             * Currency
             * @description Currency of strikes, forward and Greeks.
             * @example USD
             */
            currency: string | null;
            /**
             * Price Currency
             * @description Unit of option prices: `currency`, or the coin of an inverse option.
             * @example USD
             */
            price_currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Units
             * @description The unit of every number.
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * Status
             * @description How fresh the data was when asked for: up to 90 s `live`, to 20 min `delayed`, then `stale`; `closed` outside trading hours.
             * @example closed
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /**
             * Newest Ts
             * Format: date-time
             * @description Time of the newest quote.
             * @example 2020-01-06T15:00:00Z
             */
            newest_ts: string;
            /**
             * Atm Strike
             * @description Listed strike nearest to the forward.
             * @example 3235
             */
            atm_strike: number | null;
            /**
             * Atm Iv
             * @description Volatility at the forward, per year.
             * @example 0.1201
             */
            atm_iv: number | null;
            /**
             * Rows
             * @description By strike, lowest first.
             */
            rows: components["schemas"]["ChainRow"][];
        };
        /**
         * ChainRow
         * @description One strike: the call and the put side by side; null where one is not listed or has no row.
         */
        ChainRow: {
            /**
             * Strike
             * @description Strike in `currency`.
             * @example 3230
             */
            strike: number;
            call: components["schemas"]["OptionSide"] | null;
            put: components["schemas"]["OptionSide"] | null;
        };
        /**
         * ContinuousAnswer
         * @description A continuous series and its roll table.
         */
        ContinuousAnswer: {
            /**
             * Root
             * @example GC
             */
            root: string;
            /**
             * Source
             * @example lean
             */
            source: string;
            /**
             * Rank
             * @example 1
             */
            rank: number;
            roll: components["schemas"]["RollRule"];
            adjust: components["schemas"]["Adjust"];
            /**
             * Roll Days
             * @description Trading days held back from the end; null unless rolled by calendar.
             * @example 5
             */
            roll_days: number | null;
            /**
             * @description Null: at the source's own times.
             * @example 1d
             */
            interval: components["schemas"]["BarInterval"] | null;
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Truncated
             * @description Whether `limit` left rows out: newer ones where `from` was given, else older ones.
             * @example false
             */
            truncated: boolean;
            /**
             * Rolls
             * @description Every roll up to `as_of`, oldest first.
             */
            rolls: components["schemas"]["RollEntry"][];
            /**
             * Items
             * @description Oldest first.
             */
            items: components["schemas"]["ContinuousRow"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * ContinuousRow
         * @description One bar, or one price at the source's own time, of the contract held then.
         */
        ContinuousRow: {
            /**
             * Ts
             * Format: date-time
             * @description Start of the bar, UTC; midnight of the trade date for a daily one; the source's own time for a series rolled by its source.
             * @example 2013-10-07T00:00:00Z
             */
            ts: string;
            /**
             * Contract
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            contract: string;
            /**
             * Open
             * @description Adjusted.
             * @example 1310
             */
            open: number | null;
            /**
             * High
             * @description Adjusted.
             * @example 1330.2
             */
            high: number | null;
            /**
             * Low
             * @description Adjusted.
             * @example 1308.1
             */
            low: number | null;
            /**
             * Close
             * @description Adjusted; null behind a roll that cannot be bridged.
             * @example 1325.3
             */
            close: number | null;
            /**
             * Volume
             * @description Contracts traded.
             * @example 121373
             */
            volume: number | null;
            /**
             * Open Interest
             * @description Open contracts.
             * @example 231234
             */
            open_interest: number | null;
            /**
             * Unadjusted Close
             * @description The contract's own close, as it traded.
             * @example 1325.3
             */
            unadjusted_close: number | null;
        };
        /**
         * CsrfToken
         * @description For the header `X-CSRF-Token` of a client that sends neither `Sec-Fetch-Site` nor `Origin`.
         */
        CsrfToken: {
            /** Csrf Token */
            csrf_token: string;
        };
        /**
         * Curve
         * @description A term structure at one instant.
         */
        Curve: {
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * Status
             * @description How fresh the product is.
             * @example live
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /** @description Null where nothing has a price. */
            reference: components["schemas"]["CurveReference"] | null;
            /**
             * Shape
             * @description Between the first two priced contracts: rising is contango.
             * @example contango
             */
            shape: ("contango" | "backwardation" | "flat") | null;
            /**
             * Shape Pct
             * @description Percent from the first to the second priced contract.
             * @example 0.0189
             */
            shape_pct: number | null;
            /**
             * Shape Pct Annualised
             * @description The same per year between the two.
             * @example 0.2303
             */
            shape_pct_annualised: number | null;
            /**
             * Points
             * @description By expiry.
             */
            points: components["schemas"]["CurvePoint"][];
        };
        /**
         * CurveAnswer
         * @description A product's term structure, and those of other instants to lay over it.
         */
        CurveAnswer: {
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * Status
             * @description How fresh the product is.
             * @example live
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /** @description Null where nothing has a price. */
            reference: components["schemas"]["CurveReference"] | null;
            /**
             * Shape
             * @description Between the first two priced contracts: rising is contango.
             * @example contango
             */
            shape: ("contango" | "backwardation" | "flat") | null;
            /**
             * Shape Pct
             * @description Percent from the first to the second priced contract.
             * @example 0.0189
             */
            shape_pct: number | null;
            /**
             * Shape Pct Annualised
             * @description The same per year between the two.
             * @example 0.2303
             */
            shape_pct_annualised: number | null;
            /**
             * Points
             * @description By expiry.
             */
            points: components["schemas"]["CurvePoint"][];
            /**
             * Root
             * @description The product.
             * @example GC
             */
            root: string;
            /**
             * Currency
             * @description The currency of its money.
             * @example USD
             */
            currency: string | null;
            /**
             * Compare
             * @description In the order asked for; an instant without data is left out.
             */
            compare: components["schemas"]["Curve"][];
        };
        /**
         * CurvePoint
         * @description One contract's place on the term structure.
         */
        CurvePoint: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Expiry
             * @description Expiry date.
             * @example 2013-12-27
             */
            expiry: string | null;
            /**
             * Expires At
             * @description Its last moment, UTC.
             * @example 2013-12-27T18:30:00Z
             */
            expires_at: string | null;
            /**
             * Expiry Years
             * @description Years of 365 days to `expires_at`.
             * @example 0.2223
             */
            expiry_years: number | null;
            /**
             * Price
             * @description The price that counts, in the contract's own unit of price.
             * @example 1325.25
             */
            price: number | null;
            /**
             * Price Kind
             * @description Where `price` came from.
             * @example mid
             */
            price_kind: ("mid" | "mark" | "last" | "settlement") | null;
            /**
             * Bid
             * @description Best bid, in the contract's own unit of price.
             * @example 1325.1
             */
            bid: number | null;
            /**
             * Ask
             * @description Best ask, in the contract's own unit of price.
             * @example 1325.4
             */
            ask: number | null;
            /**
             * Volume
             * @description Contracts traded in the session so far.
             * @example 121373
             */
            volume: number | null;
            /**
             * Open Interest
             * @description Open contracts, as last published.
             * @example 231234
             */
            open_interest: number | null;
            /**
             * Basis
             * @description `price` − the reference's price, in the contract's own unit of price.
             * @example 0.15
             */
            basis: number | null;
            /**
             * Basis Pct
             * @description The basis in percent of the reference.
             * @example 0.0113
             */
            basis_pct: number | null;
            /**
             * Basis Annualised
             * @description The basis as a fraction of the reference, per year between the two.
             * @example 0.0007
             */
            basis_annualised: number | null;
            /**
             * Roll Yield Annualised
             * @description (price of the contract before / price − 1) per year between them, a fraction: what holding this contract earns if the curve stands still; positive in backwardation.
             * @example -0.0011
             */
            roll_yield_annualised: number | null;
            /**
             * Ts
             * @description When `price` was known, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            ts: string | null;
            /**
             * Quote Age Ms
             * @description Milliseconds from `ts` to `as_of`; null without data.
             * @example 60000
             */
            quote_age_ms: number | null;
            /**
             * Status
             * @description As in a quote.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "expired";
        };
        /**
         * CurveReference
         * @description What the basis is measured against.
         */
        CurveReference: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Kind
             * @description An index or spot price, the perpetual, or else the first priced contract.
             * @example front
             * @enum {string}
             */
            kind: "spot" | "perpetual" | "front";
            /**
             * Price
             * @description Its price, in the contract's own unit of price.
             * @example 1325.1
             */
            price: number;
        };
        /**
         * DeleteIn
         * @description The password, and a code where the account has a second factor.
         */
        DeleteIn: {
            /**
             * Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * Code
             * @description Of the authenticator app, or a recovery code.
             * @example null
             */
            code?: string | null;
        };
        /**
         * DeltaKind
         * @description Per 1.00 of what the delta is, and whether the premium is taken off.
         * @enum {string}
         */
        DeltaKind: "forward" | "spot" | "premium_adjusted";
        /**
         * DepthAnswer
         * @description How much is stored of an instrument, by source and form.
         */
        DepthAnswer: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Items
             * @description By source; bars before quotes, the finest first.
             */
            items: components["schemas"]["StoredSpan"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * EmailChangeIn
         * @description The password and the new address.
         */
        EmailChangeIn: {
            /**
             * Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * New Email
             * @description An e-mail address.
             * @example north@example.com
             */
            new_email: string;
        };
        /**
         * EmailVerifyIn
         * @description The token of the mailed link.
         */
        EmailVerifyIn: {
            /** Token */
            token: string;
        };
        /**
         * Exercise
         * @enum {string}
         */
        Exercise: "european" | "american";
        /**
         * ExpiryAnalytics
         * @description One expiry: a point of the term structure, its skew, its open interest.
         */
        ExpiryAnalytics: {
            /**
             * Call Oi
             * @description Open calls, contracts.
             * @example 21400
             */
            call_oi: number;
            /**
             * Put Oi
             * @description Open puts, contracts.
             * @example 30100
             */
            put_oi: number;
            /**
             * Call Volume
             * @description Calls traded today.
             * @example 1400
             */
            call_volume: number;
            /**
             * Put Volume
             * @description Puts traded today.
             * @example 1900
             */
            put_volume: number;
            /**
             * Put Call Oi
             * @description Open puts per open call.
             * @example 1.41
             */
            put_call_oi: number | null;
            /**
             * Put Call Volume
             * @description Puts traded per call traded.
             * @example 1.36
             */
            put_call_volume: number | null;
            /**
             * Gex
             * @description Gamma exposure, in its own unit.
             * @example -250000000
             */
            gex: number | null;
            /**
             * Expiry
             * Format: date
             * @description Expiry date, the exchange's own.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Expires At
             * Format: date-time
             * @description Last moment of value.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string;
            /**
             * Dte
             * @description Calendar days from `as_of`, on the exchange's calendar.
             * @example 74
             */
            dte: number;
            /**
             * Expiry Years
             * @description Time to `expires_at` in years by `day_count`, to the second.
             * @example 0.2024
             */
            expiry_years: number;
            /**
             * Underlying Symbol
             * @description What the options settle to.
             * @example ES-2020-03
             */
            underlying_symbol: string | null;
            /**
             * Spot
             * @description Index or share price, in `currency`.
             * @example 3246.28
             */
            spot: number | null;
            /**
             * Forward
             * @description Forward of this expiry, in `currency`.
             * @example 3234.125
             */
            forward: number | null;
            /**
             * Forward Source
             * @description `future`: the underlying future's fresh two-sided quote or the venue's own forward; `parity`: put-call parity; `spot_carry`: spot grown at the rate, without yield.
             * @example future
             */
            forward_source: ("future" | "parity" | "spot_carry") | null;
            /**
             * Parity Forward
             * @description What put-call parity says, whichever forward is used.
             * @example 3234.06
             */
            parity_forward: number | null;
            /**
             * Parity Pairs
             * @description Pairs of call and put in the parity fit.
             * @example 38
             */
            parity_pairs: number;
            /**
             * Parity Residual
             * @description Misfit of parity, in price units.
             * @example 0.12
             */
            parity_residual: number | null;
            /**
             * Rate
             * @description Discount rate per year, continuously compounded.
             * @example 0.04
             */
            rate: number;
            /**
             * Rate Source
             * @description `parity`: implied by the quotes; `assumed`: a setting; `convention`: 0, as coin venues.
             * @example assumed
             * @enum {string}
             */
            rate_source: "parity" | "assumed" | "convention";
            /**
             * Dividend Yield
             * @description Yield per year that carries spot to the forward.
             * @example 0.018
             */
            dividend_yield: number | null;
            /**
             * Day Count
             * @description How time is counted.
             * @example ACT/365F
             * @constant
             */
            day_count: "ACT/365F";
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Model
             * @description Pricing model.
             * @example bjerksund_stensland_2002
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Delta Kind
             * @description What delta is per 1.00 of.
             * @example forward
             * @enum {string}
             */
            delta_kind: "forward" | "spot" | "premium_adjusted";
            /**
             * Atm Iv
             * @description Volatility at the forward, per year.
             * @example 0.1201
             */
            atm_iv: number | null;
            /**
             * Forward Vol
             * @description Volatility between the expiry before and this one, per year; null for the first.
             * @example 0.1312
             */
            forward_vol: number | null;
            /**
             * Call Iv 25D
             * @description Volatility of the 25-delta call.
             * @example 0.111
             */
            call_iv_25d: number | null;
            /**
             * Put Iv 25D
             * @description Volatility of the 25-delta put.
             * @example 0.142
             */
            put_iv_25d: number | null;
            /**
             * Call Strike 25D
             * @description Its strike, in `currency`.
             * @example 3330
             */
            call_strike_25d: number | null;
            /**
             * Put Strike 25D
             * @description Its strike, in `currency`.
             * @example 3120
             */
            put_strike_25d: number | null;
            /**
             * Risk Reversal 25D
             * @description Call less put volatility.
             * @example -0.031
             */
            risk_reversal_25d: number | null;
            /**
             * Butterfly 25D
             * @description Mean of both less `atm_iv`.
             * @example 0.0065
             */
            butterfly_25d: number | null;
            /**
             * Expected Move
             * @description One standard deviation by expiry, in `currency` per unit.
             * @example 176.2
             */
            expected_move: number | null;
            /**
             * Expected Low
             * @description Forward less `expected_move`.
             * @example 3057.9
             */
            expected_low: number | null;
            /**
             * Expected High
             * @description Forward plus `expected_move`.
             * @example 3410.3
             */
            expected_high: number | null;
            /**
             * Straddle
             * @description Mark of call plus put at `straddle_strike`, in `currency`.
             * @example 141.5
             */
            straddle: number | null;
            /**
             * Straddle Strike
             * @description Listed strike nearest to it.
             * @example 3235
             */
            straddle_strike: number | null;
            /**
             * Max Pain
             * @description Strike at which holders would receive least at expiry.
             * @example 3200
             */
            max_pain: number | null;
            /**
             * Quotes Used
             * @description Options behind skew and volatility.
             * @example 61
             */
            quotes_used: number;
            /**
             * Quote Age Ms
             * @description Median age of those quotes.
             * @example 850
             */
            quote_age_ms: number | null;
            /**
             * Reasons
             * @description For each null above why it is null.
             * @example {
             *       "forward_vol": "first_expiry"
             *     }
             */
            reasons: {
                [key: string]: "first_expiry" | "total_variance_falls" | "no_forward" | "no_vol_at_the_money" | "no_quote_at_that_delta" | "no_quotes" | "no_open_interest" | "no_calls_open" | "no_calls_traded" | "no_multiplier" | "expired" | "one_sign" | "no_change_of_sign" | "too_few_days" | "not_asked" | "no_expiries_around_30_days" | "all_days_equal";
            };
            strikes: components["schemas"]["PainColumns"];
        };
        /**
         * ExtremeOut
         * @description The most that can be won, or lost, at the horizon.
         */
        ExtremeOut: {
            /**
             * Amount
             * @description In `currency`, signed: a loss is below zero; null where nothing limits it.
             * @example -690
             */
            amount: number | null;
            /**
             * Unlimited
             * @description Whether it grows on and on as the price rises.
             * @example false
             */
            unlimited: boolean;
            /**
             * At
             * @description A reference price where it is reached.
             * @example 80
             */
            at: number | null;
        };
        /**
         * FaultChange
         * @description What to practise; null makes it well again.
         */
        FaultChange: {
            /**
             * Fault
             * @example stale
             */
            fault: ("stale" | "gap" | "duplicate" | "out_of_order" | "crossed" | "garbage" | "disconnect") | null;
        };
        /**
         * Feed
         * @description One feed, and how it is doing.
         */
        Feed: {
            /**
             * Feed
             * @description Its name, which is also the `source` of its rows.
             * @example deribit
             */
            feed: string;
            /**
             * Name
             * @description For people.
             * @example Deribit
             */
            name: string;
            /**
             * @description Where its prices come from.
             * @example venue
             */
            kind: components["schemas"]["FeedKind"];
            /**
             * Enabled
             * @description Whether it is on.
             * @example true
             */
            enabled: boolean;
            /**
             * Switchable
             * @description Whether an administrator can put it on and off.
             * @example true
             */
            switchable: boolean;
            /**
             * State
             * @description `delayed`: what comes is old when it comes. `closed`: the sessions of all it lists are over, and silence is as it should be. `stale`: cut off, or silent for longer than it should be.
             * @example live
             * @enum {string}
             */
            state: "live" | "delayed" | "stale" | "closed" | "off";
            /**
             * Last Tick Ts
             * @description The time of the newest quote.
             * @example 2026-03-20T14:30:00.123Z
             */
            last_tick_ts: string | null;
            /**
             * Reason
             * @description Why it is not live, in words.
             * @example null
             */
            reason: string | null;
            /**
             * Address
             * @description What it connects to; null where it connects to nothing.
             * @example wss://www.deribit.com/ws/api/v2
             */
            address: string | null;
            /**
             * Instruments
             * @description What is listed at the moment.
             * @example 1480
             */
            instruments: number;
            /**
             * Quotes Per Second
             * @description Over the last 10 s.
             * @example 212.4
             */
            quotes_per_second: number;
            /**
             * Rejected
             * @description Quotes that could not be so since the start, by reason.
             * @example {
             *       "a time in the future": 3
             *     }
             */
            rejected: {
                [key: string]: number;
            };
            /**
             * Fault
             * @description What is practised on it.
             * @example null
             */
            fault: ("stale" | "gap" | "duplicate" | "out_of_order" | "crossed" | "garbage" | "disconnect") | null;
        };
        /**
         * FeedChange
         * @description What to do with a feed.
         */
        FeedChange: {
            /**
             * Enabled
             * @description Put it on or off.
             * @example true
             */
            enabled: boolean;
        };
        /**
         * FeedKind
         * @description Where a feed's prices come from.
         * @enum {string}
         */
        FeedKind: "simulated" | "venue" | "push" | "replay";
        /**
         * FeedsAnswer
         * @description Every feed.
         */
        FeedsAnswer: {
            /** Items */
            items: components["schemas"]["Feed"][];
        };
        /**
         * FieldError
         * @description One part of the request that is not valid; never the value that was sent.
         */
        FieldError: {
            /**
             * Loc
             * @description Where: `query`, `path`, `header` or `body`, then the names.
             * @example [
             *       "query",
             *       "limit"
             *     ]
             */
            loc: (string | number)[];
            /**
             * Msg
             * @description What is wrong, for people.
             * @example Input should be less than or equal to 1000
             */
            msg: string;
            /**
             * Type
             * @description What is wrong, for programs.
             * @example less_than_equal
             */
            type: string;
        };
        /**
         * FitPoint
         * @description One point of a fitted curve.
         */
        FitPoint: {
            /**
             * X
             * @description Position on the axis asked for.
             * @example 0.012
             */
            x: number | null;
            /**
             * Strike
             * @description Strike in `currency`.
             * @example 3272.6
             */
            strike: number;
            /**
             * Log Moneyness
             * @description ln(strike / forward).
             * @example 0.012
             */
            log_moneyness: number;
            /**
             * Delta
             * @description Undiscounted forward delta of the call.
             * @example 0.4
             */
            delta: number | null;
            /**
             * Iv
             * @description A fraction per year.
             * @example 0.1148
             */
            iv: number;
        };
        /**
         * ForgotIn
         * @description The address to send a link to.
         */
        ForgotIn: {
            /**
             * Email
             * @description An e-mail address.
             * @example north@example.com
             */
            email: string;
        };
        /**
         * Format
         * @description What a table can be written as.
         * @enum {string}
         */
        Format: "json" | "csv" | "parquet" | "arrow";
        /**
         * FormulaText
         * @description The definition of one number.
         */
        FormulaText: {
            /**
             * Formula
             * @example open interest of puts / open interest of calls
             */
            formula: string;
            /**
             * Meaning
             * @example Open puts for each open call.
             */
            meaning: string;
            /**
             * Source
             * @description Who published it, or who else states it so.
             * @example Cboe
             */
            source: string;
        };
        /**
         * FuturesContract
         * @description One listed contract of a product, with its quote.
         */
        FuturesContract: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Source Symbol
             * @description The venue's own name.
             * @example GCZ3
             */
            source_symbol: string;
            /**
             * Kind
             * @description What it is.
             * @example future
             * @enum {string}
             */
            kind: "future" | "perpetual";
            /**
             * Expiry
             * @description Expiry date; null for a perpetual.
             * @example 2013-12-27
             */
            expiry: string | null;
            /**
             * Expires At
             * @description Its last moment, UTC.
             * @example 2013-12-27T18:30:00Z
             */
            expires_at: string | null;
            /**
             * Days To Expiry
             * @description Calendar days from `as_of` to `expires_at`, with fraction.
             * @example 81.15
             */
            days_to_expiry: number | null;
            /**
             * First Notice
             * @description First notice day; null where settled in cash.
             * @example 2013-11-29
             */
            first_notice: string | null;
            /**
             * Last Trade
             * @description Last trading day.
             * @example 2013-12-27
             */
            last_trade: string | null;
            quote: components["schemas"]["FuturesQuote"];
        };
        /**
         * FuturesProduct
         * @description A product with stored futures.
         */
        FuturesProduct: {
            /**
             * Root
             * @description The root of its symbols.
             * @example GC
             */
            root: string;
            /**
             * Name
             * @description What it is called.
             * @example Gold
             */
            name: string | null;
            /**
             * Sector
             * @description The kind of market.
             * @example metal
             */
            sector: string | null;
            /**
             * Exchange
             * @description Where it trades.
             * @example COMEX
             */
            exchange: string | null;
            /**
             * Currency
             * @description The currency of its money.
             * @example USD
             */
            currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price and contract; of an inverse product its face value.
             * @example 100
             */
            multiplier: number | null;
            /**
             * Tick
             * @description Smallest step of price.
             * @example 0.1
             */
            tick: number | null;
            /**
             * Time Zone
             * @description The exchange's IANA time zone.
             * @example America/New_York
             */
            time_zone: string | null;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * Sources
             * @description Every source that has it; `source=` asks for one of them.
             * @example [
             *       "lean"
             *     ]
             */
            sources: string[];
            /**
             * First Ts
             * Format: date-time
             * @description The first row stored, UTC.
             * @example 2013-10-07T00:01:00Z
             */
            first_ts: string;
            /**
             * Last Ts
             * Format: date-time
             * @description The last row stored, UTC.
             * @example 2013-10-08T23:59:00Z
             */
            last_ts: string;
            /**
             * Status
             * @description `live`: newest quote within 90 s; `delayed`: within 20 min; `stale`: older; `closed`: the exchange is.
             * @example live
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /**
             * Contract Count
             * @description Contracts that live at `as_of`.
             * @example 21
             */
            contract_count: number;
            /** @description The contract that expires next; null without one. */
            front: components["schemas"]["FuturesContract"] | null;
        };
        /**
         * FuturesProductDetail
         * @description A product with all its contracts.
         */
        FuturesProductDetail: {
            /**
             * Root
             * @description The root of its symbols.
             * @example GC
             */
            root: string;
            /**
             * Name
             * @description What it is called.
             * @example Gold
             */
            name: string | null;
            /**
             * Sector
             * @description The kind of market.
             * @example metal
             */
            sector: string | null;
            /**
             * Exchange
             * @description Where it trades.
             * @example COMEX
             */
            exchange: string | null;
            /**
             * Currency
             * @description The currency of its money.
             * @example USD
             */
            currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price and contract; of an inverse product its face value.
             * @example 100
             */
            multiplier: number | null;
            /**
             * Tick
             * @description Smallest step of price.
             * @example 0.1
             */
            tick: number | null;
            /**
             * Time Zone
             * @description The exchange's IANA time zone.
             * @example America/New_York
             */
            time_zone: string | null;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * Sources
             * @description Every source that has it; `source=` asks for one of them.
             * @example [
             *       "lean"
             *     ]
             */
            sources: string[];
            /**
             * First Ts
             * Format: date-time
             * @description The first row stored, UTC.
             * @example 2013-10-07T00:01:00Z
             */
            first_ts: string;
            /**
             * Last Ts
             * Format: date-time
             * @description The last row stored, UTC.
             * @example 2013-10-08T23:59:00Z
             */
            last_ts: string;
            /**
             * Status
             * @description `live`: newest quote within 90 s; `delayed`: within 20 min; `stale`: older; `closed`: the exchange is.
             * @example live
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /**
             * Contract Count
             * @description Contracts that live at `as_of`.
             * @example 21
             */
            contract_count: number;
            /** @description The contract that expires next; null without one. */
            front: components["schemas"]["FuturesContract"] | null;
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Contracts
             * @description By expiry; a perpetual first.
             */
            contracts: components["schemas"]["FuturesContract"][];
        };
        /**
         * FuturesQuote
         * @description The newest known state of one contract.
         */
        FuturesQuote: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Source
             * @description Where the data came from; null without data.
             * @example lean
             */
            source: string | null;
            /**
             * Bid
             * @description Best bid, in the contract's own unit of price.
             * @example 1325.1
             */
            bid: number | null;
            /**
             * Ask
             * @description Best ask, in the contract's own unit of price.
             * @example 1325.4
             */
            ask: number | null;
            /**
             * Bid Size
             * @description Contracts bid for at `bid`.
             * @example 4
             */
            bid_size: number | null;
            /**
             * Ask Size
             * @description Contracts offered at `ask`.
             * @example 3
             */
            ask_size: number | null;
            /**
             * Last
             * @description Newest trade, in the contract's own unit of price.
             * @example 1325.3
             */
            last: number | null;
            /**
             * Last Ts
             * @description When `last` traded, or its bar ended, UTC.
             * @example 2013-10-07T14:59:00Z
             */
            last_ts: string | null;
            /**
             * Price
             * @description The price that counts, in the contract's own unit of price: `price_kind` says which.
             * @example 1325.25
             */
            price: number | null;
            /**
             * Price Kind
             * @description Middle of bid and ask, the venue's mark, last trade, or settlement.
             * @example mid
             */
            price_kind: ("mid" | "mark" | "last" | "settlement") | null;
            /**
             * Previous
             * @description What the change is measured from, in the contract's own unit of price: `previous_kind` says which.
             * @example 1309.9
             */
            previous: number | null;
            /**
             * Previous Kind
             * @description Settlement of the trade date before, else the last trade before this session, else the middle of the last quote before it.
             * @example settlement
             */
            previous_kind: ("settlement" | "last" | "mid") | null;
            /**
             * Change
             * @description `price` − `previous`.
             * @example 15.35
             */
            change: number | null;
            /**
             * Change Pct
             * @description `change` in percent of `previous`; null where that is not above zero.
             * @example 1.1718
             */
            change_pct: number | null;
            /**
             * Volume
             * @description Contracts traded in the session so far.
             * @example 121373
             */
            volume: number | null;
            /**
             * Open Interest
             * @description Open contracts, as last published.
             * @example 231234
             */
            open_interest: number | null;
            /**
             * Ts
             * @description When the newest quote or trade came, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            ts: string | null;
            /**
             * Quote Age Ms
             * @description Milliseconds from `ts` to `as_of`; null without data.
             * @example 60000
             */
            quote_age_ms: number | null;
            /**
             * Status
             * @description `ok`: both sides, in order; `wide`: one side only; `crossed`: bid above ask; `no_quote`; `expired`.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "expired";
        };
        /**
         * GammaExposure
         * @description Gamma exposure over all expiries of the answer, and the convention behind it.
         */
        GammaExposure: {
            sign: components["schemas"]["GexSign"];
            unit: components["schemas"]["GexUnit"];
            /**
             * Formula
             * @description The formula and its assumption, in words.
             */
            formula: string;
            /**
             * Unit Words
             * @description What one unit is.
             * @example USD to trade for each 1 % move
             */
            unit_words: string;
            /**
             * Total
             * @description Over all strikes and expiries.
             * @example -250000000
             */
            total: number | null;
            /**
             * Call Wall
             * @description Strike with the greatest exposure of calls.
             * @example 3300
             */
            call_wall: number | null;
            /**
             * Put Wall
             * @description Strike with the greatest exposure of puts.
             * @example 3100
             */
            put_wall: number | null;
            /**
             * Zero Gamma
             * @description Price of the front forward at which the total changes sign.
             * @example 3190.4
             */
            zero_gamma: number | null;
            /**
             * Reasons
             * @example {
             *       "zero_gamma": "one_sign"
             *     }
             */
            reasons: {
                [key: string]: "first_expiry" | "total_variance_falls" | "no_forward" | "no_vol_at_the_money" | "no_quote_at_that_delta" | "no_quotes" | "no_open_interest" | "no_calls_open" | "no_calls_traded" | "no_multiplier" | "expired" | "one_sign" | "no_change_of_sign" | "too_few_days" | "not_asked" | "no_expiries_around_30_days" | "all_days_equal";
            };
        };
        /**
         * Gap
         * @description Trading days in a row of which nothing is stored.
         */
        Gap: {
            /**
             * First
             * Format: date
             * @example 2013-10-14
             */
            first: string;
            /**
             * Last
             * Format: date
             * @example 2013-10-15
             */
            last: string;
            /**
             * Days
             * @description Trading days from `first` to `last`.
             * @example 2
             */
            days: number;
        };
        /**
         * GexSign
         * @description Who is assumed to hold what.
         * @enum {string}
         */
        GexSign: "calls_minus_puts" | "puts_minus_calls" | "all_short" | "gross";
        /**
         * GexUnit
         * @description What the underlying is thought to move.
         * @enum {string}
         */
        GexUnit: "percent" | "point" | "dollar_gamma";
        /**
         * GreekNumbers
         * @description Greeks of the whole.
         */
        GreekNumbers: {
            /**
             * Delta
             * @description Per 1.00 of the reference price.
             * @example 0.12
             */
            delta: number;
            /**
             * Gamma
             * @description Change of delta per 1.00 of the reference price.
             * @example -0.01
             */
            gamma: number;
            /**
             * Vega
             * @description Per volatility point (0.01) of every leg.
             * @example -0.05
             */
            vega: number;
            /**
             * Theta
             * @description Per calendar day.
             * @example 0.03
             */
            theta: number;
            /**
             * Rho
             * @description Per 0.01 of the rate.
             * @example 0.001
             */
            rho: number;
        };
        /**
         * GreeksAnswer
         * @description Price and Greeks, in the order of the rows.
         */
        GreeksAnswer: {
            /**
             * Model
             * @description Pricing model.
             * @example black76
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Units
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
            columns: components["schemas"]["GreeksOut"];
        };
        /**
         * GreeksOut
         * @description One value per row; null where `status` is not `ok`.
         */
        GreeksOut: {
            /**
             * Price
             * @description In the unit of the forward or spot.
             * @example [
             *       6.9
             *     ]
             */
            price: (number | null)[];
            /**
             * Delta
             * @description Per 1.00 of the forward or spot.
             * @example [
             *       0.7
             *     ]
             */
            delta: (number | null)[];
            /**
             * Gamma
             * @description Per 1.00 squared.
             * @example [
             *       0.034
             *     ]
             */
            gamma: (number | null)[];
            /**
             * Vega
             * @description Per volatility point (0.01).
             * @example [
             *       0.17
             *     ]
             */
            vega: (number | null)[];
            /**
             * Theta
             * @description Per calendar day.
             * @example [
             *       -0.018
             *     ]
             */
            theta: (number | null)[];
            /**
             * Rho
             * @description Per 0.01 of the rate.
             * @example [
             *       -0.017
             *     ]
             */
            rho: (number | null)[];
            /**
             * Status
             * @example [
             *       "ok"
             *     ]
             */
            status: ("ok" | "below_intrinsic" | "above_maximum" | "no_solution" | "expired" | "invalid" | "no_quote" | "crossed" | "wide")[];
        };
        /**
         * Grid
         * @description Profit and loss in `currency` by price and day.
         */
        Grid: {
            /**
             * Prices
             * @description Reference prices, rising.
             * @example [
             *       80,
             *       85,
             *       90
             *     ]
             */
            prices: number[];
            /**
             * Days
             * @description Days from `as_of`, rising.
             * @example [
             *       0,
             *       10
             *     ]
             */
            days: number[];
            /**
             * Pnl
             * @description `pnl[day][price]`, volatility shift included.
             * @example [
             *       [
             *         -60,
             *         2,
             *         50
             *       ]
             *     ]
             */
            pnl: number[][];
            /**
             * At Horizon
             * @description At the horizon, by price.
             * @example [
             *       -90,
             *       0,
             *       110
             *     ]
             */
            at_horizon: number[];
        };
        /**
         * GridIn
         * @description Which prices and days the profit is told for.
         */
        GridIn: {
            /**
             * Prices
             * @description How many prices.
             * @default 121
             */
            prices: number;
            /**
             * Low
             * @description Lowest reference price; by default what volatility and strikes suggest.
             */
            low?: number | null;
            /**
             * High
             * @description Highest reference price.
             */
            high?: number | null;
            /**
             * Days
             * @description Days from the start, cut off at the horizon; by default 8 even steps to it.
             * @example [
             *       0,
             *       7,
             *       14
             *     ]
             */
            days?: number[] | null;
        };
        /**
         * Health
         * @description The process answers.
         */
        Health: {
            /**
             * Status
             * @default ok
             * @constant
             */
            status: "ok";
            /**
             * Service
             * @default tradesense-backend
             * @constant
             */
            service: "tradesense-backend";
            /**
             * Version
             * @example 0.1.0
             */
            version: string;
        };
        /**
         * HeatmapAnswer
         * @description A strike × expiry matrix.
         */
        HeatmapAnswer: {
            /**
             * Underlying
             * @description The options' root.
             * @example ES
             */
            underlying: string;
            /**
             * Source
             * @description Where the data comes from.
             * @example lean
             */
            source: string;
            /**
             * Currency
             * @description Currency of strikes, forward and Greeks.
             * @example USD
             */
            currency: string | null;
            /**
             * Price Currency
             * @description Unit of option prices: `currency`, or the coin of an inverse option.
             * @example USD
             */
            price_currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Units
             * @description The unit of every number.
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Compared With
             * @description The earlier instant, for `change`.
             * @example 2020-01-05T15:00:00Z
             */
            compared_with: string | null;
            metric: components["schemas"]["Metric"];
            /**
             * Unit
             * @description The unit of `values`.
             * @example fraction per year
             */
            unit: string;
            side: components["schemas"]["HeatmapSide"];
            /**
             * Strikes
             * @description One per row of `values`.
             * @example [
             *       3200,
             *       3250
             *     ]
             */
            strikes: number[];
            /**
             * Expiries
             * @description One per column of `values`.
             */
            expiries: components["schemas"]["Provenance"][];
            /**
             * Values
             * @description `values[strike][expiry]`.
             * @example [
             *       [
             *         0.13
             *       ],
             *       [
             *         0.12
             *       ]
             *     ]
             */
            values: (number | null)[][];
        };
        /**
         * HeatmapSide
         * @description Which option of a strike a heatmap shows.
         * @enum {string}
         */
        HeatmapSide: "otm" | "call" | "put";
        /**
         * Horizon
         * @description The first expiry of any leg: the payoff is told for that moment.
         */
        Horizon: {
            /**
             * Expiry
             * @description Its date, the exchange's own.
             * @example 2026-12-16
             */
            expiry: string | null;
            /**
             * At
             * Format: date-time
             * @description Its instant, UTC.
             * @example 2026-12-16T19:30:00Z
             */
            at: string;
            /**
             * Days
             * @description Days from `as_of`, with fraction.
             * @example 23.42
             */
            days: number;
            /**
             * Later Legs
             * @description Whether a leg lives on after it; it is then valued by its model.
             * @example false
             */
            later_legs: boolean;
        };
        /**
         * ImpliedVolAnswer
         * @description Implied volatilities, in the order of the rows.
         */
        ImpliedVolAnswer: {
            /**
             * Model
             * @description Pricing model.
             * @example black76
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Units
             * @example {
             *       "iv": "fraction per year"
             *     }
             */
            units: {
                [key: string]: string;
            };
            columns: components["schemas"]["ImpliedVolOut"];
        };
        /**
         * ImpliedVolOut
         * @description One value per row; null where `status` is not `ok`.
         */
        ImpliedVolOut: {
            /**
             * Iv
             * @description Fraction per year.
             * @example [
             *       0.2
             *     ]
             */
            iv: (number | null)[];
            /**
             * Status
             * @example [
             *       "ok"
             *     ]
             */
            status: ("ok" | "below_intrinsic" | "above_maximum" | "no_solution" | "expired" | "invalid" | "no_quote" | "crossed" | "wide")[];
        };
        /**
         * InstrumentDetail
         * @description One instrument with its full contract specification.
         */
        InstrumentDetail: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example ES-2020-03
             */
            symbol: string;
            /**
             * Source
             * @example lean
             */
            source: string;
            /**
             * Source Symbol
             * @description The venue's own name.
             * @example ESH20
             */
            source_symbol: string;
            kind: components["schemas"]["Kind"];
            /**
             * Root
             * @example ES
             */
            root: string;
            /**
             * Underlying
             * @description What an option delivers or settles to.
             * @example null
             */
            underlying: string | null;
            /**
             * Expiry
             * @description The exchange's own date.
             * @example 2020-03-20
             */
            expiry: string | null;
            /**
             * Expires At
             * @description The last moment, in UTC.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string | null;
            /** First Notice */
            first_notice: string | null;
            /** Last Trade */
            last_trade: string | null;
            /**
             * Strike
             * @description The strike, in the unit the underlying is quoted in.
             * @example null
             */
            strike: number | null;
            right: components["schemas"]["Right"] | null;
            exercise: components["schemas"]["Exercise"] | null;
            settlement: components["schemas"]["Settlement"] | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price and contract; for an inverse future its face value.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Tick
             * @description The smallest step of the price.
             * @example 0.25
             */
            tick: number | null;
            /**
             * Currency
             * @example USD
             */
            currency: string | null;
            /**
             * Exchange
             * @example CME
             */
            exchange: string | null;
            /**
             * Time Zone
             * @example America/Chicago
             */
            time_zone: string | null;
            /**
             * Inverse
             * @description Settled in its own coin.
             */
            inverse: boolean;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Expired */
            expired: boolean;
            /**
             * Days To Expiry
             * @description Calendar days, by the exchange's own date.
             * @example 39
             */
            days_to_expiry: number | null;
            /**
             * Trading Days To Expiry
             * @description Null where the calendar does not reach.
             * @example 27
             */
            trading_days_to_expiry: number | null;
            /**
             * Years To Expiry
             * @description To the second, in years of 365 days.
             */
            years_to_expiry: number | null;
            /**
             * Market Open
             * @description By trading hours at `as_of`; null where they are not known.
             */
            market_open: boolean | null;
            /**
             * Sources
             * @description Every source that lists this symbol, the default one first.
             */
            sources: string[];
            specification: components["schemas"]["Specification"] | null;
        };
        /**
         * InstrumentItem
         * @description One listed instrument of one source.
         */
        InstrumentItem: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example ES-2020-03
             */
            symbol: string;
            /**
             * Source
             * @example lean
             */
            source: string;
            /**
             * Source Symbol
             * @description The venue's own name.
             * @example ESH20
             */
            source_symbol: string;
            kind: components["schemas"]["Kind"];
            /**
             * Root
             * @example ES
             */
            root: string;
            /**
             * Underlying
             * @description What an option delivers or settles to.
             * @example null
             */
            underlying: string | null;
            /**
             * Expiry
             * @description The exchange's own date.
             * @example 2020-03-20
             */
            expiry: string | null;
            /**
             * Expires At
             * @description The last moment, in UTC.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string | null;
            /** First Notice */
            first_notice: string | null;
            /** Last Trade */
            last_trade: string | null;
            /**
             * Strike
             * @description The strike, in the unit the underlying is quoted in.
             * @example null
             */
            strike: number | null;
            right: components["schemas"]["Right"] | null;
            exercise: components["schemas"]["Exercise"] | null;
            settlement: components["schemas"]["Settlement"] | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price and contract; for an inverse future its face value.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Tick
             * @description The smallest step of the price.
             * @example 0.25
             */
            tick: number | null;
            /**
             * Currency
             * @example USD
             */
            currency: string | null;
            /**
             * Exchange
             * @example CME
             */
            exchange: string | null;
            /**
             * Time Zone
             * @example America/Chicago
             */
            time_zone: string | null;
            /**
             * Inverse
             * @description Settled in its own coin.
             */
            inverse: boolean;
        };
        /**
         * Interest
         * @description Open interest, volume and their ratios, of one expiry or of all.
         */
        Interest: {
            /**
             * Call Oi
             * @description Open calls, contracts.
             * @example 21400
             */
            call_oi: number;
            /**
             * Put Oi
             * @description Open puts, contracts.
             * @example 30100
             */
            put_oi: number;
            /**
             * Call Volume
             * @description Calls traded today.
             * @example 1400
             */
            call_volume: number;
            /**
             * Put Volume
             * @description Puts traded today.
             * @example 1900
             */
            put_volume: number;
            /**
             * Put Call Oi
             * @description Open puts per open call.
             * @example 1.41
             */
            put_call_oi: number | null;
            /**
             * Put Call Volume
             * @description Puts traded per call traded.
             * @example 1.36
             */
            put_call_volume: number | null;
            /**
             * Gex
             * @description Gamma exposure, in its own unit.
             * @example -250000000
             */
            gex: number | null;
        };
        /**
         * IvDay
         * @description The 30-day volatility at the end of one stored day.
         */
        IvDay: {
            /**
             * Day
             * Format: date
             * @description UTC.
             * @example 2020-01-05
             */
            day: string;
            /**
             * Iv
             * @description A fraction per year.
             * @example 0.118
             */
            iv: number;
        };
        /**
         * IvRank
         * @description Where the 30-day volatility stands among the stored days.
         */
        IvRank: {
            /**
             * Iv 30D
             * @description Volatility at the money at 30 days.
             * @example 0.121
             */
            iv_30d: number | null;
            /**
             * Rank
             * @description 0 at the lowest of the days, 1 at the highest.
             * @example 0.42
             */
            rank: number | null;
            /**
             * Percentile
             * @description Share of the days that were lower.
             * @example 0.55
             */
            percentile: number | null;
            /**
             * Low
             * @description Lowest of the days and now.
             * @example 0.101
             */
            low: number | null;
            /**
             * High
             * @description Highest of the days and now.
             * @example 0.148
             */
            high: number | null;
            /**
             * Days Asked
             * @description Days looked back.
             * @example 60
             */
            days_asked: number;
            /**
             * Days
             * @description The days that have one, oldest first.
             */
            days: components["schemas"]["IvDay"][];
            /**
             * Reasons
             * @example {
             *       "rank": "too_few_days"
             *     }
             */
            reasons: {
                [key: string]: "first_expiry" | "total_variance_falls" | "no_forward" | "no_vol_at_the_money" | "no_quote_at_that_delta" | "no_quotes" | "no_open_interest" | "no_calls_open" | "no_calls_traded" | "no_multiplier" | "expired" | "one_sign" | "no_change_of_sign" | "too_few_days" | "not_asked" | "no_expiries_around_30_days" | "all_days_equal";
            };
        };
        /**
         * Kind
         * @enum {string}
         */
        Kind: "future" | "option" | "perpetual" | "index" | "equity";
        /**
         * LegIn
         * @description One leg: a listed contract and how many of it.
         */
        LegIn: {
            /**
             * Symbol
             * @description A canonical symbol.
             * @example ES-2020-03
             */
            symbol: string;
            /**
             * Quantity
             * @description Contracts: above zero bought, below sold; not 0.
             * @example 1
             */
            quantity: number;
            /**
             * Price
             * @description Traded at, in the contract's own unit of price (coin for an inverse option), or `mark`, `bid`, `ask`, or `market` (bought at the ask, sold at the bid).
             * @default mark
             * @example 2.31
             */
            price: number | ("mark" | "market" | "bid" | "ask");
        };
        /**
         * LegOut
         * @description One leg as it was understood, and where its numbers come from.
         */
        LegOut: {
            /**
             * Symbol
             * @example CL-2026-12-16-90-C
             */
            symbol: string;
            /**
             * Quantity
             * @example -1
             */
            quantity: number;
            /**
             * Kind
             * @example option
             * @enum {string}
             */
            kind: "option" | "future" | "perpetual" | "index" | "equity";
            /**
             * Right
             * @example C
             */
            right: ("C" | "P") | null;
            /**
             * Strike
             * @description In `currency`.
             * @example 90
             */
            strike: number | null;
            /**
             * Expiry
             * @example 2026-12-16
             */
            expiry: string | null;
            /**
             * Expires At
             * @example 2026-12-16T19:30:00Z
             */
            expires_at: string | null;
            /**
             * Days
             * @description Days from `as_of` to its end, with fraction.
             * @example 23.42
             */
            days: number | null;
            /**
             * Underlying Symbol
             * @description What it settles to.
             * @example CL-2027-01
             */
            underlying_symbol: string | null;
            /**
             * Multiplier
             * @description Money per 1.00 of price, by the contract's specification.
             * @example 1000
             */
            multiplier: number | null;
            /**
             * Entry Price
             * @description In its own unit of price.
             * @example 1.72
             */
            entry_price: number | null;
            /**
             * Entry Source
             * @example mark
             * @enum {string}
             */
            entry_source: "given" | "mark" | "bid" | "ask";
            /**
             * Cost
             * @description Premium paid in `currency`, below zero where received; 0 for a future.
             * @example -1720
             */
            cost: number | null;
            /**
             * Bid
             * @description In its own unit of price.
             * @example 1.7
             */
            bid: number | null;
            /**
             * Ask
             * @description In its own unit of price.
             * @example 1.75
             */
            ask: number | null;
            /**
             * Mark
             * @description In its own unit of price.
             * @example 1.72
             */
            mark: number | null;
            /**
             * Value
             * @description One unit at the instant and changes of `now`, in `currency`.
             * @example 1.72
             */
            value: number | null;
            /**
             * Delta
             * @description One unit, per 1.00 of its own underlying.
             * @example 0.36
             */
            delta: number | null;
            /**
             * Gamma
             * @description One unit.
             * @example 0.05
             */
            gamma: number | null;
            /**
             * Vega
             * @description One unit, per volatility point.
             * @example 0.08
             */
            vega: number | null;
            /**
             * Theta
             * @description One unit, per calendar day.
             * @example -0.05
             */
            theta: number | null;
            /**
             * Rho
             * @description One unit, per 0.01 of the rate.
             * @example 0.02
             */
            rho: number | null;
            /**
             * Iv
             * @description Before the shift, a fraction per year.
             * @example 0.31
             */
            iv: number | null;
            /**
             * Iv Source
             * @description `quote`: of its own mark; `smile`: between the strikes beside it, for want of a mark.
             * @example quote
             */
            iv_source: ("quote" | "smile") | null;
            /**
             * Model
             * @example bjerksund_stensland_2002
             */
            model: string | null;
            /**
             * Forward
             * @description Of its expiry, or a future's own price.
             * @example 87
             */
            forward: number | null;
            /**
             * Forward Source
             * @example future
             */
            forward_source: string | null;
            /**
             * Rate
             * @description Per year, continuous.
             * @example 0.04
             */
            rate: number | null;
            /**
             * Rate Source
             * @example assumed
             */
            rate_source: string | null;
            /**
             * Dividend Yield
             * @description Per year; of an option on a spot.
             * @example null
             */
            dividend_yield: number | null;
            /**
             * Expiry Years
             * @example 0.0642
             */
            expiry_years: number | null;
            /**
             * Status
             * @description Why there are numbers, or none.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "below_intrinsic" | "no_solution" | "expired" | "not_listed" | "no_specification" | "no_forward" | "no_volatility" | "no_price";
            /**
             * Quote Age Ms
             * @description From the quote to `as_of`.
             * @example 360
             */
            quote_age_ms: number | null;
            /**
             * Source
             * @description Where its data comes from.
             * @example simulated
             */
            source: string | null;
        };
        /**
         * LoginIn
         * @description E-mail address and password.
         */
        LoginIn: {
            /**
             * Email
             * @description An e-mail address.
             * @example north@example.com
             */
            email: string;
            /**
             * Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            password: string;
        };
        /**
         * MailOnTheWay
         * @description If there is something to be sent, it is on its way; the answer is the same either way.
         */
        MailOnTheWay: {
            /**
             * Detail
             * @example If that is possible, a mail is on its way.
             */
            detail: string;
        };
        /**
         * Metric
         * @description What a heatmap shows.
         * @enum {string}
         */
        Metric: "iv" | "delta" | "gamma" | "vega" | "theta" | "oi" | "volume" | "change";
        /**
         * MfaChallengeIn
         * @description The second step of signing in: a code of the app, or a recovery code.
         */
        MfaChallengeIn: {
            /**
             * Mfa Token
             * @description From the first step; it lives for five minutes.
             */
            mfa_token: string;
            /** Code */
            code?: string | null;
            /** Recovery Code */
            recovery_code?: string | null;
        };
        /**
         * MfaProofIn
         * @description Password and code, for what would weaken the account; without both it is a 403.
         */
        MfaProofIn: {
            /** Password */
            password?: string | null;
            /** Code */
            code?: string | null;
        };
        /**
         * MfaRequired
         * @description The password is right; a code is still owed, at `POST /auth/mfa/challenge`, within five minutes.
         */
        MfaRequired: {
            /**
             * Mfa Required
             * @default true
             * @constant
             */
            mfa_required: true;
            /** Mfa Token */
            mfa_token: string;
        };
        /**
         * MfaSetupIn
         * @description Proves who asks; the password may be left out within five minutes of signing in.
         */
        MfaSetupIn: {
            /** Password */
            password?: string | null;
        };
        /**
         * MfaSetupOut
         * @description A new secret, to be put into an authenticator app; it asks nothing of anybody until it is verified.
         */
        MfaSetupOut: {
            /**
             * Secret
             * @description The seed in base32, to be typed where nothing can be scanned.
             */
            secret: string;
            /**
             * Otpauth Uri
             * @description The same for an app, as its QR code says it.
             */
            otpauth_uri: string;
            /**
             * Qr Svg
             * @description The QR code, one `<svg>` element.
             */
            qr_svg: string;
        };
        /**
         * MfaStateOut
         * @description Whether a code is asked for when signing in.
         */
        MfaStateOut: {
            /** Enabled */
            enabled: boolean;
            /** Enabled At */
            enabled_at: string | null;
            /**
             * Recovery Codes Left
             * @description Recovery codes not used yet.
             * @example 10
             */
            recovery_codes_left: number;
        };
        /**
         * MfaVerifyIn
         * @description Proves that the app has the secret.
         */
        MfaVerifyIn: {
            /**
             * Code
             * @description The six digits the authenticator app shows.
             * @example 123456
             */
            code: string;
        };
        /**
         * MigrationRow
         * @description How trading and positions divided between the two contracts on one trade date.
         */
        MigrationRow: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /** Front Volume */
            front_volume: number | null;
            /** Next Volume */
            next_volume: number | null;
            /**
             * Volume Share
             * @description The next contract's part of both, a fraction.
             * @example 0.31
             */
            volume_share: number | null;
            /** Front Open Interest */
            front_open_interest: number | null;
            /** Next Open Interest */
            next_open_interest: number | null;
            /**
             * Open Interest Share
             * @description The next contract's part of both, a fraction.
             * @example 0.22
             */
            open_interest_share: number | null;
        };
        /**
         * MissingPoint
         * @description An out-of-the-money option that has no place in one smile, and how old what is known of it is.
         */
        MissingPoint: {
            /**
             * Symbol
             * @description Canonical symbol.
             * @example ES-2020-03-20-4200-C
             */
            symbol: string;
            /**
             * Expiry
             * Format: date
             * @description Expiry date.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Strike
             * @description Strike in `currency`.
             * @example 4200
             */
            strike: number;
            /**
             * Right
             * @description Call or put.
             * @example C
             * @enum {string}
             */
            right: "C" | "P";
            /**
             * Status
             * @description Why.
             * @example no_quote
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "below_intrinsic" | "no_solution" | "expired";
            /**
             * Quote Age Ms
             * @description Milliseconds from the row to `as_of`.
             * @example 0
             */
            quote_age_ms: number;
        };
        /**
         * Model
         * @description The pricing models, by the names callers use.
         * @enum {string}
         */
        Model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
        /**
         * Now
         * @description The whole at `as_of` with the changes asked for: shifted price and volatility, days later.
         */
        Now: {
            /**
             * At
             * Format: date-time
             * @description The instant it is for, UTC.
             * @example 2026-11-30T15:00:00Z
             */
            at: string;
            /**
             * Value
             * @description What closing it at model value brings, in `currency`, without futures.
             * @example 310
             */
            value: number;
            /**
             * Pnl
             * @description Profit or loss by then, in `currency`.
             * @example 12.5
             */
            pnl: number;
            greeks: components["schemas"]["StrategyGreeks"];
        };
        /**
         * OptionSide
         * @description One option of the chain. What cannot be computed is null, and `status` says why.
         */
        OptionSide: {
            /**
             * Symbol
             * @description Canonical symbol.
             * @example ES-2020-03-20-3230-C
             */
            symbol: string;
            /**
             * Bid
             * @description Best bid in `price_currency` (coin for an inverse option).
             * @example 73.25
             */
            bid: number | null;
            /**
             * Ask
             * @description Best ask in `price_currency` (coin for an inverse option).
             * @example 74.25
             */
            ask: number | null;
            /**
             * Last
             * @description Last trade in `price_currency` (coin for an inverse option).
             * @example 73.5
             */
            last: number | null;
            /**
             * Mark
             * @description Price behind `iv` and the Greeks, in `price_currency` (coin for an inverse option).
             * @example 73.75
             */
            mark: number | null;
            /**
             * Mark Quote
             * @description The mark in `currency`.
             * @example 73.75
             */
            mark_quote: number | null;
            /**
             * Mark Source
             * @description Where the mark comes from: the venue's own mark or settlement, the middle of bid and ask, or the last trade where a venue gives no quotes.
             * @example mid
             */
            mark_source: ("venue" | "mid" | "last") | null;
            /**
             * Volume
             * @description Contracts traded today.
             * @example 120
             */
            volume: number | null;
            /**
             * Open Interest
             * @description Open contracts.
             * @example 1543
             */
            open_interest: number | null;
            /**
             * Iv Bid
             * @description Volatility at the bid, a fraction per year.
             * @example 0.119
             */
            iv_bid: number | null;
            /**
             * Iv Ask
             * @description Volatility at the ask, a fraction per year.
             * @example 0.1205
             */
            iv_ask: number | null;
            /**
             * Iv
             * @description Volatility at the mark, a fraction per year.
             * @example 0.1198
             */
            iv: number | null;
            /**
             * Delta
             * @description Per 1.00 of what `delta_kind` names, of the value in `currency`.
             * @example 0.52
             */
            delta: number | null;
            /**
             * Gamma
             * @description Per 1.00 squared, of the value in `currency`.
             * @example 0.0021
             */
            gamma: number | null;
            /**
             * Vega
             * @description Per volatility point (0.01), of the value in `currency`.
             * @example 5.8
             */
            vega: number | null;
            /**
             * Theta
             * @description Per calendar day, of the value in `currency`.
             * @example -0.47
             */
            theta: number | null;
            /**
             * Rho
             * @description Per 0.01 of the rate, of the value in `currency`.
             * @example -0.15
             */
            rho: number | null;
            /**
             * Status
             * @description Why there are numbers, or none.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "below_intrinsic" | "no_solution" | "expired";
            /**
             * Quote Age Ms
             * @description Milliseconds from the quote to `as_of`.
             * @example 0
             */
            quote_age_ms: number;
            /**
             * Ts
             * Format: date-time
             * @description Time of the quote, UTC.
             * @example 2020-01-06T15:00:00Z
             */
            ts: string;
        };
        /** PageOf[ApiKeyOut] */
        PageOf_ApiKeyOut_: {
            /** Items */
            items: components["schemas"]["ApiKeyOut"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null on the last one.
             * @example null
             */
            next_cursor: string | null;
        };
        /** PageOf[AuditItem] */
        PageOf_AuditItem_: {
            /** Items */
            items: components["schemas"]["AuditItem"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null on the last one.
             * @example null
             */
            next_cursor: string | null;
        };
        /** PageOf[FuturesProduct] */
        PageOf_FuturesProduct_: {
            /** Items */
            items: components["schemas"]["FuturesProduct"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null on the last one.
             * @example null
             */
            next_cursor: string | null;
        };
        /** PageOf[InstrumentItem] */
        PageOf_InstrumentItem_: {
            /** Items */
            items: components["schemas"]["InstrumentItem"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null on the last one.
             * @example null
             */
            next_cursor: string | null;
        };
        /** PageOf[UserItem] */
        PageOf_UserItem_: {
            /** Items */
            items: components["schemas"]["UserItem"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null on the last one.
             * @example null
             */
            next_cursor: string | null;
        };
        /**
         * PainColumns
         * @description The strikes of one expiry, with what holders would receive if the underlying ended at each.
         */
        PainColumns: {
            /**
             * Strike
             * @description In `currency`, lowest first.
             * @example [
             *       3200,
             *       3250
             *     ]
             */
            strike: number[];
            /**
             * Call Oi
             * @description Open calls, contracts.
             * @example [
             *       1543,
             *       980
             *     ]
             */
            call_oi: number[];
            /**
             * Put Oi
             * @description Open puts, contracts.
             * @example [
             *       2100,
             *       1310
             *     ]
             */
            put_oi: number[];
            /**
             * Call Volume
             * @description Calls traded today, contracts.
             * @example [
             *       120,
             *       80
             *     ]
             */
            call_volume: number[];
            /**
             * Put Volume
             * @description Puts traded today, contracts.
             * @example [
             *       90,
             *       200
             *     ]
             */
            put_volume: number[];
            /**
             * Call Gex
             * @description Gamma exposure of the calls, in `gamma_exposure.unit_words`.
             * @example [
             *       1200000,
             *       900000
             *     ]
             */
            call_gex: (number | null)[];
            /**
             * Put Gex
             * @description Gamma exposure of the puts, with its sign.
             * @example [
             *       -1400000,
             *       -800000
             *     ]
             */
            put_gex: (number | null)[];
            /**
             * Call Pain
             * @description What holders of calls would receive, `currency`.
             * @example [
             *       0,
             *       3100000
             *     ]
             */
            call_pain: (number | null)[];
            /**
             * Put Pain
             * @description What holders of puts would receive, `currency`.
             * @example [
             *       4200000,
             *       0
             *     ]
             */
            put_pain: (number | null)[];
        };
        /**
         * PasswordChangeIn
         * @description The present password and the new one.
         */
        PasswordChangeIn: {
            /**
             * Current Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            current_password: string;
            /**
             * New Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            new_password: string;
        };
        /**
         * Permission
         * @description What a caller may do. The first five are also the scopes an API key can have.
         * @enum {string}
         */
        Permission: "market:read" | "market:write" | "portfolio:read" | "portfolio:write" | "alerts:write" | "users:read" | "users:write";
        /**
         * PreferencesIn
         * @description The whole document; it replaces the one kept.
         */
        PreferencesIn: {
            /**
             * Document
             * @description Any JSON object, at most 64 KiB and 16 levels deep.
             * @example {
             *       "theme": "dark"
             *     }
             */
            document: {
                [key: string]: unknown;
            };
        };
        /**
         * PreferencesOut
         * @description What a person set up; `version` grows with each change and is the `ETag`.
         */
        PreferencesOut: {
            /**
             * Document
             * @example {
             *       "theme": "dark"
             *     }
             */
            document: {
                [key: string]: unknown;
            };
            /**
             * Version
             * @description 0 where nothing was kept yet.
             * @example 1
             */
            version: number;
            /** Updated At */
            updated_at: string | null;
        };
        /**
         * Probability
         * @description How likely the strategy ends above zero at the horizon, costs of trading left out.
         */
        Probability: {
            /**
             * Of Profit
             * @description A fraction of 1.
             * @example 0.61
             */
            of_profit: number;
            /**
             * Law
             * @description How the price at the horizon is distributed.
             * @constant
             */
            law: "lognormal";
            /**
             * Forward
             * @description Its mean, in `currency`.
             * @example 87
             */
            forward: number;
            /**
             * Vol
             * @description Its volatility, a fraction per year, shift included.
             * @example 0.32
             */
            vol: number;
            /**
             * Vol Source
             * @description `atm`: the volatility at the forward of that expiry.
             * @constant
             */
            vol_source: "atm";
            /**
             * Years
             * @description Time to the horizon.
             * @example 0.064
             */
            years: number;
            /**
             * Bands
             * @description One and two standard deviations.
             */
            bands: components["schemas"]["Band"][];
        };
        /**
         * Problem
         * @description An error, as RFC 9457 `application/problem+json`.
         */
        Problem: {
            /**
             * Type
             * @description Names the kind of problem.
             * @example about:blank
             */
            type: string;
            /**
             * Title
             * @description The status in words.
             * @example Not Found
             */
            title: string;
            /**
             * Status
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /**
             * Detail
             * @description What happened, for people.
             * @example There is no instrument ES-1999-03.
             */
            detail: string;
            /**
             * Code
             * @description What happened, for programs; stable.
             * @example unknown_instrument
             */
            code: string;
            /**
             * Request Id
             * @description The same as in `X-Request-ID`.
             * @example 0f8fad5bd9cb469fa16570867728950e
             */
            request_id: string;
        };
        /**
         * ProfileChange
         * @description What people may change about themselves.
         */
        ProfileChange: {
            /**
             * Full Name
             * @description The new name; null takes it away.
             */
            full_name: string | null;
        };
        /**
         * Provenance
         * @description Where the numbers of one expiry come from.
         */
        Provenance: {
            /**
             * Expiry
             * Format: date
             * @description Expiry date, the exchange's own.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Expires At
             * Format: date-time
             * @description Last moment of value.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string;
            /**
             * Dte
             * @description Calendar days from `as_of`, on the exchange's calendar.
             * @example 74
             */
            dte: number;
            /**
             * Expiry Years
             * @description Time to `expires_at` in years by `day_count`, to the second.
             * @example 0.2024
             */
            expiry_years: number;
            /**
             * Underlying Symbol
             * @description What the options settle to.
             * @example ES-2020-03
             */
            underlying_symbol: string | null;
            /**
             * Spot
             * @description Index or share price, in `currency`.
             * @example 3246.28
             */
            spot: number | null;
            /**
             * Forward
             * @description Forward of this expiry, in `currency`.
             * @example 3234.125
             */
            forward: number | null;
            /**
             * Forward Source
             * @description `future`: the underlying future's fresh two-sided quote or the venue's own forward; `parity`: put-call parity; `spot_carry`: spot grown at the rate, without yield.
             * @example future
             */
            forward_source: ("future" | "parity" | "spot_carry") | null;
            /**
             * Parity Forward
             * @description What put-call parity says, whichever forward is used.
             * @example 3234.06
             */
            parity_forward: number | null;
            /**
             * Parity Pairs
             * @description Pairs of call and put in the parity fit.
             * @example 38
             */
            parity_pairs: number;
            /**
             * Parity Residual
             * @description Misfit of parity, in price units.
             * @example 0.12
             */
            parity_residual: number | null;
            /**
             * Rate
             * @description Discount rate per year, continuously compounded.
             * @example 0.04
             */
            rate: number;
            /**
             * Rate Source
             * @description `parity`: implied by the quotes; `assumed`: a setting; `convention`: 0, as coin venues.
             * @example assumed
             * @enum {string}
             */
            rate_source: "parity" | "assumed" | "convention";
            /**
             * Dividend Yield
             * @description Yield per year that carries spot to the forward.
             * @example 0.018
             */
            dividend_yield: number | null;
            /**
             * Day Count
             * @description How time is counted.
             * @example ACT/365F
             * @constant
             */
            day_count: "ACT/365F";
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Model
             * @description Pricing model.
             * @example bjerksund_stensland_2002
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Delta Kind
             * @description What delta is per 1.00 of.
             * @example forward
             * @enum {string}
             */
            delta_kind: "forward" | "spot" | "premium_adjusted";
        };
        /**
         * PushAnswer
         * @description What became of the quotes; those accepted are on the disk.
         *
         *     `duplicate` counts those whose symbol, time and number were stored already: sending a request again
         *     changes nothing.
         */
        PushAnswer: {
            /** Accepted */
            accepted: number;
            /** Duplicate */
            duplicate: number;
            /** Rejected */
            rejected: components["schemas"]["tradesense__market__live__push_schemas__RejectedQuote"][];
        };
        /**
         * PushedQuote
         * @description The state of one contract at one instant: what is left out is not known.
         */
        PushedQuote: {
            /**
             * Symbol
             * @description A canonical symbol of a product whose terms are known.
             * @example ES-2027-03
             */
            symbol: string;
            /**
             * Ts
             * Format: date-time
             * @description An instant, RFC 3339 with its offset.
             * @example 2026-03-20T14:30:00Z
             */
            ts: string;
            /**
             * Seq
             * @description Tells several of one contract and instant apart.
             * @default 0
             */
            seq: number;
            /** Bid */
            bid?: number | null;
            /** Ask */
            ask?: number | null;
            /** Bid Size */
            bid_size?: number | null;
            /** Ask Size */
            ask_size?: number | null;
            /** Last */
            last?: number | null;
            /** Mark */
            mark?: number | null;
            /** Volume */
            volume?: number | null;
            /** Open Interest */
            open_interest?: number | null;
            /**
             * Underlying Price
             * @description Of an option: the forward or spot it was quoted against.
             */
            underlying_price?: number | null;
        };
        /**
         * QuotesAnswer
         * @description Quotes in the order asked for; a symbol without data has status `no_quote`.
         */
        QuotesAnswer: {
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["FuturesQuote"][];
        };
        /**
         * QuotesIn
         * @description Quotes of one source of your own.
         */
        QuotesIn: {
            /**
             * Source
             * @description The name they are kept and shown under; none of the program's own sources.
             * @example my-prices
             */
            source: string;
            /** Quotes */
            quotes: components["schemas"]["PushedQuote"][];
        };
        /**
         * QuotesQuestion
         * @description A long list of symbols.
         */
        QuotesQuestion: {
            /**
             * Symbols
             * @description Canonical symbols, at most 1,000.
             */
            symbols: string[];
            /**
             * As Of
             * @description An instant with its offset.
             * @example 2013-10-07T15:00:00Z
             */
            as_of?: string | null;
            /**
             * Source
             * @description Only data of this source.
             * @example lean
             */
            source?: string | null;
        };
        /**
         * Ready
         * @description Whether every part that this process needs answers.
         */
        Ready: {
            /**
             * Status
             * @enum {string}
             */
            status: "ready" | "not_ready";
            /**
             * Checks
             * @description One entry per part this process uses.
             * @example {
             *       "feed": "ok",
             *       "market_store": "ok"
             *     }
             */
            checks: {
                [key: string]: "ok" | "down";
            };
            /**
             * Alarms
             * @description What somebody should look at though it takes no part down; left out where all is well.
             * @default []
             * @example [
             *       "disk_nearly_full"
             *     ]
             */
            alarms: string[];
        };
        /**
         * RecoveryCodesOut
         * @description Ten codes that each replace the app once. They are shown in this answer only.
         */
        RecoveryCodesOut: {
            /**
             * Recovery Codes
             * @example [
             *       "snm7-48b7-7dam-etv4-jse6"
             *     ]
             */
            recovery_codes: string[];
        };
        /**
         * Reference
         * @description The one price that stands for the market.
         */
        Reference: {
            /**
             * Symbol
             * @description What it is the price of; null for a forward.
             * @example CL-2027-01
             */
            symbol: string | null;
            /**
             * Kind
             * @description What it is.
             * @example future
             * @enum {string}
             */
            kind: "future" | "spot" | "forward";
            /**
             * Price
             * @description In `currency`, as it is.
             * @example 87
             */
            price: number;
            /**
             * Shifted
             * @description With `price_shift`.
             * @example 91.35
             */
            shifted: number;
        };
        /**
         * RefreshIn
         * @description A script's refresh token; a browser sends its cookie instead.
         */
        RefreshIn: {
            /** Refresh Token */
            refresh_token?: string | null;
        };
        /**
         * Refreshed
         * @description New cookies were set.
         */
        Refreshed: {
            /**
             * Expires In
             * @description Seconds.
             * @example 900
             */
            expires_in: number;
        };
        /**
         * RefreshedScript
         * @description A new pair of tokens.
         */
        RefreshedScript: {
            /**
             * Expires In
             * @description Seconds.
             * @example 900
             */
            expires_in: number;
            /** Access Token */
            access_token: string;
            /** Refresh Token */
            refresh_token: string;
            /**
             * Token Type
             * @default bearer
             * @constant
             */
            token_type: "bearer";
        };
        /**
         * RegisterIn
         * @description A new account.
         */
        RegisterIn: {
            /**
             * Email
             * @description An e-mail address.
             * @example north@example.com
             */
            email: string;
            /**
             * Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            password: string;
            /** Full Name */
            full_name?: string | null;
        };
        /**
         * ResendIn
         * @description The address that is still to be confirmed.
         */
        ResendIn: {
            /**
             * Email
             * @description An e-mail address.
             * @example north@example.com
             */
            email: string;
        };
        /**
         * ResetIn
         * @description The token of the mailed link, and the new password.
         */
        ResetIn: {
            /** Token */
            token: string;
            /**
             * Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            password: string;
        };
        /**
         * Right
         * @enum {string}
         */
        Right: "C" | "P";
        /**
         * Role
         * @description The roles that come with the program; what each allows stands in `role_permissions`.
         * @enum {string}
         */
        Role: "viewer" | "trader" | "admin";
        /**
         * RollCost
         * @description What going on to the next contract costs, from the quotes of the two.
         */
        RollCost: {
            /**
             * Spread
             * @description Next minus front price; above zero in contango.
             * @example 0.4
             */
            spread: number | null;
            /**
             * Spread Pct
             * @description In percent of the front price.
             * @example 0.03
             */
            spread_pct: number | null;
            /**
             * Spread Annualised
             * @description (next / front − 1) per year between their expiries, a fraction.
             * @example 0.0024
             */
            spread_annualised: number | null;
            /**
             * Long Roll
             * @description Points a long position pays: next at the ask, front at the bid.
             * @example 0.7
             */
            long_roll: number | null;
            /**
             * Short Roll
             * @description Points a short position receives: next at the bid, front at the ask.
             * @example 0.1
             */
            short_roll: number | null;
            /**
             * Slippage
             * @description Points paid beyond the spread of the middles, each way.
             * @example 0.3
             */
            slippage: number | null;
            /**
             * Long Roll Money
             * @description `long_roll` times the multiplier, per contract, in `currency`.
             * @example 70
             */
            long_roll_money: number | null;
            /**
             * Currency
             * @example USD
             */
            currency: string | null;
        };
        /**
         * RollEntry
         * @description One roll of the series.
         */
        RollEntry: {
            /**
             * Date
             * Format: date
             * @description The first trade date of the new contract.
             * @example 2013-11-27
             */
            date: string;
            /**
             * Ts
             * Format: date-time
             * @description The first moment of the new contract; no price before it is of it.
             * @example 2013-11-26T22:15:00Z
             */
            ts: string;
            /**
             * From
             * @description The contract left.
             * @example GC-2013-12
             */
            from: string;
            /**
             * To
             * @description The contract gone on to.
             * @example GC-2014-02
             */
            to: string;
            /**
             * Reason
             * @description The rule, or `expiry` where the contract ended before the rule asked for a roll.
             * @example volume
             * @enum {string}
             */
            reason: "calendar" | "volume" | "oi" | "expiry" | "source";
            /**
             * Priced At
             * @description The moment both prices are of, before the roll; null where they share none.
             * @example 2013-11-26T22:15:00Z
             */
            priced_at: string | null;
            /**
             * From Price
             * @example 1241.4
             */
            from_price: number | null;
            /**
             * To Price
             * @example 1241.8
             */
            to_price: number | null;
            /**
             * Gap
             * @description `to_price` − `from_price`.
             * @example 0.4
             */
            gap: number | null;
            /**
             * Factor
             * @description `to_price` / `from_price`.
             * @example 1.000322
             */
            factor: number | null;
            /**
             * Status
             * @description `no_overlap`: no price of one day; `not_positive`: no factor.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_overlap" | "not_positive";
        };
        /**
         * RollLeg
         * @description One of the two contracts between which positions move.
         */
        RollLeg: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Expiry
             * Format: date
             */
            expiry: string;
            /** First Notice */
            first_notice: string | null;
            /** Last Trade */
            last_trade: string | null;
            /**
             * Days To Expiry
             * @description In days, to the second.
             * @example 12.4
             */
            days_to_expiry: number | null;
            /**
             * Bid
             * @example 1325.1
             */
            bid: number | null;
            /**
             * Ask
             * @example 1325.4
             */
            ask: number | null;
            /**
             * Price
             * @description The price that counts.
             * @example 1325.25
             */
            price: number | null;
            /**
             * Volume
             * @description In the session so far.
             * @example 121373
             */
            volume: number | null;
            /**
             * Open Interest
             * @description As last published.
             * @example 231234
             */
            open_interest: number | null;
        };
        /**
         * RollMonitor
         * @description Where the roll from the front contract to the next one stands.
         */
        RollMonitor: {
            /**
             * Root
             * @example GC
             */
            root: string;
            /**
             * Source
             * @example lean
             */
            source: string;
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Trade Date
             * Format: date
             * @description The trade date `as_of` belongs to.
             * @example 2013-10-08
             */
            trade_date: string;
            front: components["schemas"]["RollLeg"] | null;
            next: components["schemas"]["RollLeg"] | null;
            /**
             * Roll Date
             * @description The first trade date of the next contract by calendar.
             * @example 2013-11-22
             */
            roll_date: string | null;
            /**
             * Roll Days
             * @description Trading days held back from the end.
             * @example 5
             */
            roll_days: number;
            /**
             * Days To Roll
             * @description Calendar days to `roll_date`, negative once it has passed.
             * @example 45
             */
            days_to_roll: number | null;
            /**
             * Trading Days To Roll
             * @example 33
             */
            trading_days_to_roll: number | null;
            /**
             * Volume Crossed On
             * @description Since when the next contract trades more than the front; null while it doesn't.
             */
            volume_crossed_on: string | null;
            /**
             * Open Interest Crossed On
             * @description Since when the next contract has more open interest; null while it hasn't.
             */
            open_interest_crossed_on: string | null;
            cost: components["schemas"]["RollCost"];
            /**
             * Migration
             * @description By trade date, oldest first.
             */
            migration: components["schemas"]["MigrationRow"][];
        };
        /**
         * RollRule
         * @description When a series goes on to the next contract.
         * @enum {string}
         */
        RollRule: "calendar" | "volume" | "oi" | "source";
        /**
         * RollsAnswer
         * @description The roll table of a continuous series.
         */
        RollsAnswer: {
            /**
             * Root
             * @example GC
             */
            root: string;
            /**
             * Source
             * @example lean
             */
            source: string;
            /**
             * Rank
             * @example 1
             */
            rank: number;
            roll: components["schemas"]["RollRule"];
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Items
             * @description Every roll up to `as_of`, oldest first.
             */
            items: components["schemas"]["RollEntry"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * SessionList
         * @description The sessions that live, the one used last first.
         */
        SessionList: {
            /** Items */
            items: components["schemas"]["SessionOut"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * SessionOut
         * @description A browser or script that is signed in.
         */
        SessionOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /**
             * Ip
             * @example 192.0.2.1
             */
            ip: string | null;
            /** User Agent */
            user_agent: string | null;
            /**
             * Current
             * @description Whether this very request came by it.
             */
            current: boolean;
        };
        /**
         * SessionRecord
         * @description A session, also one that has ended.
         */
        SessionRecord: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Last Used At
             * Format: date-time
             */
            last_used_at: string;
            /**
             * Ip
             * @example 192.0.2.1
             */
            ip: string | null;
            /** User Agent */
            user_agent: string | null;
            /**
             * Current
             * @description Whether this very request came by it.
             */
            current: boolean;
            /** Ended At */
            ended_at: string | null;
        };
        /**
         * Settlement
         * @enum {string}
         */
        Settlement: "cash" | "physical";
        /**
         * SignedIn
         * @description Somebody is signed in; the same access token is in the cookie.
         */
        SignedIn: {
            /** Access Token */
            access_token: string;
            /**
             * Token Type
             * @default bearer
             * @constant
             */
            token_type: "bearer";
            /**
             * Expires In
             * @description Seconds.
             * @example 900
             */
            expires_in: number;
            user: components["schemas"]["UserOut"];
        };
        /**
         * SignedInScript
         * @description The same, with the refresh token for a script.
         */
        SignedInScript: {
            /** Access Token */
            access_token: string;
            /**
             * Token Type
             * @default bearer
             * @constant
             */
            token_type: "bearer";
            /**
             * Expires In
             * @description Seconds.
             * @example 900
             */
            expires_in: number;
            user: components["schemas"]["UserOut"];
            /** Refresh Token */
            refresh_token: string;
        };
        /**
         * Smile
         * @description The smile of one expiry at one instant.
         */
        Smile: {
            /**
             * Expiry
             * Format: date
             * @description Expiry date, the exchange's own.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Expires At
             * Format: date-time
             * @description Last moment of value.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string;
            /**
             * Dte
             * @description Calendar days from `as_of`, on the exchange's calendar.
             * @example 74
             */
            dte: number;
            /**
             * Expiry Years
             * @description Time to `expires_at` in years by `day_count`, to the second.
             * @example 0.2024
             */
            expiry_years: number;
            /**
             * Underlying Symbol
             * @description What the options settle to.
             * @example ES-2020-03
             */
            underlying_symbol: string | null;
            /**
             * Spot
             * @description Index or share price, in `currency`.
             * @example 3246.28
             */
            spot: number | null;
            /**
             * Forward
             * @description Forward of this expiry, in `currency`.
             * @example 3234.125
             */
            forward: number | null;
            /**
             * Forward Source
             * @description `future`: the underlying future's fresh two-sided quote or the venue's own forward; `parity`: put-call parity; `spot_carry`: spot grown at the rate, without yield.
             * @example future
             */
            forward_source: ("future" | "parity" | "spot_carry") | null;
            /**
             * Parity Forward
             * @description What put-call parity says, whichever forward is used.
             * @example 3234.06
             */
            parity_forward: number | null;
            /**
             * Parity Pairs
             * @description Pairs of call and put in the parity fit.
             * @example 38
             */
            parity_pairs: number;
            /**
             * Parity Residual
             * @description Misfit of parity, in price units.
             * @example 0.12
             */
            parity_residual: number | null;
            /**
             * Rate
             * @description Discount rate per year, continuously compounded.
             * @example 0.04
             */
            rate: number;
            /**
             * Rate Source
             * @description `parity`: implied by the quotes; `assumed`: a setting; `convention`: 0, as coin venues.
             * @example assumed
             * @enum {string}
             */
            rate_source: "parity" | "assumed" | "convention";
            /**
             * Dividend Yield
             * @description Yield per year that carries spot to the forward.
             * @example 0.018
             */
            dividend_yield: number | null;
            /**
             * Day Count
             * @description How time is counted.
             * @example ACT/365F
             * @constant
             */
            day_count: "ACT/365F";
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Model
             * @description Pricing model.
             * @example bjerksund_stensland_2002
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Delta Kind
             * @description What delta is per 1.00 of.
             * @example forward
             * @enum {string}
             */
            delta_kind: "forward" | "spot" | "premium_adjusted";
            /**
             * Atm Iv
             * @description Volatility at the forward, per year.
             * @example 0.1201
             */
            atm_iv: number | null;
            /**
             * Points
             * @description Out-of-the-money options with a volatility, by strike.
             */
            points: components["schemas"]["SmilePoint"][];
            /**
             * Fit Method
             * @description `local_quadratic`: local quadratic regression of volatility on log-moneyness, weighted by nearness and by the inverse of the half-spread; `svi`: one SVI slice fitted to this expiry by itself, each quote weighted by the inverse of its half-spread.
             * @example local_quadratic
             * @enum {string}
             */
            fit_method: "local_quadratic" | "svi";
            /**
             * Fit Status
             * @description `ok`, or why there is no curve: fewer than 5 quotes, for `svi` fewer than 6 strikes (`too_few_quotes`), the expiry has passed (`no_time_left`), no slice near the quotes is free of butterflies (`not_arbitrage_free`).
             * @example ok
             * @enum {string}
             */
            fit_status: "ok" | "too_few_quotes" | "no_time_left" | "not_arbitrage_free";
            /**
             * Fit Rmse
             * @description Root mean square misfit in volatility over the points.
             * @example 0.0007
             */
            fit_rmse: number | null;
            /**
             * Fit Parameters
             * @description For `svi` the raw a, b, rho, m, sigma of total variance at log-moneyness; else null.
             * @example null
             */
            fit_parameters: {
                [key: string]: number;
            } | null;
            /**
             * Butterfly Arbitrage
             * @description Whether calls priced by the curve at the points of `fit` are not convex in strike somewhere; null without a curve.
             * @example false
             */
            butterfly_arbitrage: boolean | null;
            /**
             * Fit
             * @description Empty where there is no curve.
             */
            fit: components["schemas"]["FitPoint"][];
            /**
             * Rejected
             * @description Out-of-the-money options without a place in the smile.
             */
            rejected: components["schemas"]["MissingPoint"][];
        };
        /**
         * SmileAnswer
         * @description Smiles of several expiries or instants, to be laid over each other.
         */
        SmileAnswer: {
            /**
             * Underlying
             * @description The options' root.
             * @example ES
             */
            underlying: string;
            /**
             * Source
             * @description Where the data comes from.
             * @example lean
             */
            source: string;
            /**
             * Currency
             * @description Currency of strikes, forward and Greeks.
             * @example USD
             */
            currency: string | null;
            /**
             * Price Currency
             * @description Unit of option prices: `currency`, or the coin of an inverse option.
             * @example USD
             */
            price_currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Units
             * @description The unit of every number.
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * X
             * @description The axis.
             * @example strike
             * @enum {string}
             */
            x: "strike" | "log_moneyness" | "delta";
            /** Smiles */
            smiles: components["schemas"]["Smile"][];
        };
        /**
         * SmileAxis
         * @description What a smile is drawn against.
         * @enum {string}
         */
        SmileAxis: "strike" | "log_moneyness" | "delta";
        /**
         * SmileFit
         * @description How the curve of a smile is made.
         * @enum {string}
         */
        SmileFit: "local_quadratic" | "svi";
        /**
         * SmilePoint
         * @description One quoted option of a smile.
         */
        SmilePoint: {
            /**
             * X
             * @description Position on the axis asked for.
             * @example 0.012
             */
            x: number | null;
            /**
             * Symbol
             * @description Canonical symbol.
             * @example ES-2020-03-20-3270-C
             */
            symbol: string;
            /**
             * Strike
             * @description Strike in `currency`.
             * @example 3270
             */
            strike: number;
            /**
             * Right
             * @description Call or put.
             * @example C
             * @enum {string}
             */
            right: "C" | "P";
            /**
             * Log Moneyness
             * @description ln(strike / forward).
             * @example 0.0112
             */
            log_moneyness: number;
            /**
             * Delta
             * @description Undiscounted forward delta of the call of this strike, 1 to 0.
             * @example 0.41
             */
            delta: number | null;
            /**
             * Iv
             * @description At the mark, a fraction per year.
             * @example 0.115
             */
            iv: number;
            /**
             * Iv Bid
             * @description At the bid.
             * @example 0.114
             */
            iv_bid: number | null;
            /**
             * Iv Ask
             * @description At the ask.
             * @example 0.116
             */
            iv_ask: number | null;
            /**
             * Status
             * @description `ok` or `wide`.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "below_intrinsic" | "no_solution" | "expired";
            /**
             * Quote Age Ms
             * @description Milliseconds from the quote to `as_of`.
             * @example 0
             */
            quote_age_ms: number;
        };
        /**
         * Specification
         * @description What the exchange states of the product; null where no specification is known for the root.
         */
        Specification: {
            /**
             * Name
             * @example E-mini S&P 500
             */
            name: string;
            /**
             * Sector
             * @example equity index
             */
            sector: string;
            /** Exchange */
            exchange: string;
            /**
             * Mic
             * @description ISO 10383.
             * @example XCME
             */
            mic: string;
            /** Currency */
            currency: string;
            /** Time Zone */
            time_zone: string;
            /**
             * Price Note
             * @description What a price of 1.00 means.
             * @example index points
             */
            price_note: string;
            /**
             * Listed Months
             * @description Month codes of the futures.
             * @example HMUZ
             */
            listed_months: string | null;
            /**
             * Expiry Rule
             * @description The name of the rule of the last trading day.
             * @example third_friday
             */
            expiry_rule: string | null;
            /**
             * Expiry Time
             * @example 08:30
             */
            expiry_time: string | null;
            /**
             * Expiry Zone
             * @example America/Chicago
             */
            expiry_zone: string | null;
            /**
             * Hours
             * @description By the clock of `hours_zone`.
             */
            hours: components["schemas"]["TradingWindow"][];
            /**
             * Hours Zone
             * @description Whose clock the hours are told by.
             * @example America/Chicago
             */
            hours_zone: string;
            /**
             * Calendar
             * @description Which days count as business days.
             * @example US_STOCKS
             */
            calendar: string;
            /**
             * Calendar Known Until
             * Format: date
             * @description Beyond it holidays are not known and an expiry counted by rule may move.
             */
            calendar_known_until: string;
        };
        /**
         * Spread
         * @description A spread priced from its legs: near − far, or near − 2 × middle + far.
         */
        Spread: {
            /**
             * @description What it is.
             * @example calendar
             */
            kind: components["schemas"]["SpreadKind"];
            /**
             * Name
             * @description Its legs, near to far.
             * @example GC-2013-10/GC-2013-12
             */
            name: string;
            /** Legs */
            legs: components["schemas"]["SpreadLeg"][];
            /**
             * Bid
             * @description What the legs' quotes pay for it, in the contract's own unit of price.
             * @example -0.6
             */
            bid: number | null;
            /**
             * Ask
             * @description What the legs' quotes ask for it, in the contract's own unit of price.
             * @example -0.1
             */
            ask: number | null;
            /**
             * Mid
             * @description The middle of both.
             * @example -0.35
             */
            mid: number | null;
            /**
             * Days
             * @description Calendar days from the first leg's expiry to the last one's.
             * @example 60
             */
            days: number | null;
            /**
             * Quote Age Ms
             * @description Milliseconds from `ts` to `as_of`; null without data.
             * @example 60000
             */
            quote_age_ms: number | null;
            /**
             * Status
             * @description The worst of its legs'.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "expired";
        };
        /**
         * SpreadKind
         * @enum {string}
         */
        SpreadKind: "calendar" | "butterfly";
        /** SpreadLeg */
        SpreadLeg: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Ratio
             * @description Contracts, bought above zero, sold below.
             * @example 1
             */
            ratio: number;
            /**
             * Bid
             * @description Best bid, in the contract's own unit of price.
             * @example 1325.1
             */
            bid: number | null;
            /**
             * Ask
             * @description Best ask, in the contract's own unit of price.
             * @example 1325.4
             */
            ask: number | null;
            /**
             * Quote Age Ms
             * @description Milliseconds from `ts` to `as_of`; null without data.
             * @example 60000
             */
            quote_age_ms: number | null;
        };
        /** SpreadsAnswer */
        SpreadsAnswer: {
            /**
             * Root
             * @description The product.
             * @example GC
             */
            root: string;
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * Status
             * @description How fresh the product is.
             * @example live
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /** Items */
            items: components["schemas"]["Spread"][];
        };
        /**
         * Status
         * @description Whether an account may be used.
         * @enum {string}
         */
        Status: "active" | "disabled";
        /**
         * StoredExpiryItem
         * @description One expiry that has not passed.
         */
        StoredExpiryItem: {
            /**
             * Expiry
             * Format: date
             * @description Expiry date, the exchange's own.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Expires At
             * Format: date-time
             * @description Last moment of value.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string;
            /**
             * Dte
             * @description Calendar days from `as_of`, on the exchange's calendar.
             * @example 74
             */
            dte: number;
            /**
             * Contracts
             * @description Options listed.
             * @example 104
             */
            contracts: number;
            /**
             * Newest Ts
             * Format: date-time
             * @description Time of the newest row.
             * @example 2020-01-06T20:59:00Z
             */
            newest_ts: string;
        };
        /** StoredQuote */
        StoredQuote: {
            /**
             * Ts
             * Format: date-time
             * @description When it came, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            ts: string;
            /**
             * Seq
             * @description Orders events of one microsecond.
             * @example 0
             */
            seq: number;
            /**
             * Bid
             * @description Best bid, in the contract's own unit of price.
             * @example 1325.1
             */
            bid: number | null;
            /**
             * Ask
             * @description Best ask, in the contract's own unit of price.
             * @example 1325.4
             */
            ask: number | null;
            /**
             * Bid Size
             * @description Contracts bid for.
             * @example 4
             */
            bid_size: number | null;
            /**
             * Ask Size
             * @description Contracts offered.
             * @example 3
             */
            ask_size: number | null;
            /**
             * Last
             * @description Newest trade, in the contract's own unit of price.
             * @example 1325.3
             */
            last: number | null;
            /**
             * Mark
             * @description The venue's mark, in the contract's own unit of price.
             * @example null
             */
            mark: number | null;
            /**
             * Volume
             * @description Contracts traded in the session.
             * @example null
             */
            volume: number | null;
            /**
             * Open Interest
             * @description Open contracts.
             * @example null
             */
            open_interest: number | null;
        };
        /** StoredQuotesAnswer */
        StoredQuotesAnswer: {
            /**
             * Symbol
             * @description The canonical symbol.
             * @example GC-2013-12
             */
            symbol: string;
            /**
             * Source
             * @description Where the data came from.
             * @example lean
             */
            source: string;
            /**
             * As Of
             * Format: date-time
             * @description The instant the answer is for, UTC.
             * @example 2013-10-07T15:00:00Z
             */
            as_of: string;
            /**
             * Truncated
             * @description Whether `limit` left quotes out: newer ones where `from` was given, else older ones.
             * @example false
             */
            truncated: boolean;
            /**
             * Items
             * @description Oldest first.
             */
            items: components["schemas"]["StoredQuote"][];
            /** Next Cursor */
            next_cursor?: null;
        };
        /**
         * StoredSpan
         * @description What one source has stored of an instrument in one form.
         */
        StoredSpan: {
            /**
             * Source
             * @example lean
             */
            source: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "bars" | "quotes";
            /**
             * @description Null for quotes.
             * @example 1m
             */
            interval: components["schemas"]["BarInterval"] | null;
            /**
             * First Ts
             * Format: date-time
             * @description Of the first row, UTC.
             * @example 2013-10-07T00:00:00Z
             */
            first_ts: string;
            /**
             * Last Ts
             * Format: date-time
             * @description Of the last row, UTC.
             * @example 2013-10-11T20:59:00Z
             */
            last_ts: string;
            /**
             * Row Count
             * @example 5412
             */
            row_count: number;
            /**
             * Day Count
             * @description Days (UTC) with a row.
             * @example 5
             */
            day_count: number;
            /**
             * Missing Days
             * @description Trading days in between without a row; null where trading days are not known.
             * @example 0
             */
            missing_days: number | null;
            /**
             * Gaps
             * @description The latest 20 of them, the latest first.
             */
            gaps: components["schemas"]["Gap"][];
        };
        /**
         * StrategiesOut
         * @description All strategies one person keeps, the newest first.
         */
        StrategiesOut: {
            /** Items */
            items: components["schemas"]["StrategyOut"][];
        };
        /**
         * StrategyAnswer
         * @description A strategy in figures. Where one leg cannot be valued those of the whole are null, and its `status` and
         *     `complete` say so.
         */
        StrategyAnswer: {
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2026-11-23T09:30:22Z
             */
            as_of: string;
            /**
             * Underlying
             * @description The root its options, or its futures, share.
             * @example CL
             */
            underlying: string;
            /**
             * Currency
             * @description Of all money.
             * @example USD
             */
            currency: string | null;
            /**
             * Price Currency
             * @description Unit of option prices.
             * @example USD
             */
            price_currency: string | null;
            /**
             * Multiplier
             * @description Of the first leg.
             * @example 1000
             */
            multiplier: number | null;
            /**
             * Complete
             * @description Whether every leg can be valued.
             * @example true
             */
            complete: boolean;
            reference: components["schemas"]["Reference"] | null;
            horizon: components["schemas"]["Horizon"] | null;
            /**
             * Cost
             * @description Premiums in `currency`: above zero paid, below received.
             * @example 590
             */
            cost: number | null;
            /**
             * Break Evens
             * @description Reference prices of no profit and no loss at the horizon.
             * @example [
             *       80.59
             *     ]
             */
            break_evens: number[] | null;
            /**
             * Exact
             * @description Whether break-evens and extremes are exact: every option ends at the horizon.
             * @example true
             */
            exact: boolean | null;
            max_profit: components["schemas"]["ExtremeOut"] | null;
            max_loss: components["schemas"]["ExtremeOut"] | null;
            /** @description Null where no volatility is known. */
            probability: components["schemas"]["Probability"] | null;
            now: components["schemas"]["Now"] | null;
            grid: components["schemas"]["Grid"] | null;
            /** Legs */
            legs: components["schemas"]["LegOut"][];
            /**
             * Units
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
        };
        /**
         * StrategyChange
         * @description What to change about a strategy; what is left out stays.
         */
        StrategyChange: {
            /** Name */
            name?: string | null;
            /** Notes */
            notes?: string | null;
            /** Underlying */
            underlying?: string | null;
            /** Legs */
            legs?: components["schemas"]["StrategyLeg"][] | null;
        };
        /**
         * StrategyGreeks
         * @description Greeks in money, and in the contract's unit of price.
         */
        StrategyGreeks: {
            /** @description In `currency`, of all contracts. */
            money: components["schemas"]["GreekNumbers"];
            /** @description `money` over `multiplier`: as the chain tells them of one. */
            contract: components["schemas"]["GreekNumbers"];
        };
        /**
         * StrategyIn
         * @description A strategy to keep.
         */
        StrategyIn: {
            /**
             * Name
             * @description What the strategy is called.
             * @example Condor over the holidays
             */
            name: string;
            /**
             * Notes
             * @description Why, and what to watch for.
             * @default
             * @example Out at half the premium.
             */
            notes: string;
            /**
             * Underlying
             * @description The root of a product, or of a family of options.
             * @example ES
             */
            underlying: string;
            /** Legs */
            legs: components["schemas"]["StrategyLeg"][];
        };
        /**
         * StrategyLeg
         * @description One contract of a strategy.
         */
        StrategyLeg: {
            /**
             * Symbol
             * @description A canonical symbol.
             * @example ES-2020-03
             */
            symbol: string;
            /**
             * Quantity
             * @description Contracts: above zero bought, below sold.
             * @example -1
             */
            quantity: number;
            /**
             * Price
             * @description What it was traded at; null takes the market's.
             * @example 2.31
             */
            price?: number | null;
        };
        /**
         * StrategyOut
         * @description A kept strategy; `version` grows with each change and is the `ETag`.
         */
        StrategyOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Name
             * @example Condor over the holidays
             */
            name: string;
            /**
             * Notes
             * @example Out at half the premium.
             */
            notes: string;
            /**
             * Underlying
             * @example CL
             */
            underlying: string;
            /** Legs */
            legs: components["schemas"]["StrategyLeg"][];
            /**
             * Version
             * @example 1
             */
            version: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * StrategyQuestion
         * @description What a strategy is worth, and under which changes to the market.
         */
        StrategyQuestion: {
            /** Legs */
            legs: components["schemas"]["LegIn"][];
            /**
             * As Of
             * @description Answer as of this instant; without it, the newest state.
             */
            as_of?: string | null;
            /**
             * Source
             * @description Only data of this source.
             */
            source?: string | null;
            /**
             * Price Shift
             * @description Change of the reference price, a fraction: 0.05 is 5 % up.
             * @default 0
             * @example 0.05
             */
            price_shift: number;
            /**
             * Iv Shift
             * @description Added to every volatility: 0.02 is two points up.
             * @default 0
             * @example 0.02
             */
            iv_shift: number;
            /**
             * Days Forward
             * @description Days that pass before `now` is told; cut off at the horizon.
             * @default 0
             * @example 7
             */
            days_forward: number;
            grid?: components["schemas"]["GridIn"];
        };
        /**
         * StrikeColumns
         * @description One value per strike in each list; open interest and volume 0 where nobody reports any.
         */
        StrikeColumns: {
            /**
             * Strike
             * @description In `currency`, lowest first.
             * @example [
             *       3200,
             *       3250
             *     ]
             */
            strike: number[];
            /**
             * Call Oi
             * @description Open calls, contracts.
             * @example [
             *       1543,
             *       980
             *     ]
             */
            call_oi: number[];
            /**
             * Put Oi
             * @description Open puts, contracts.
             * @example [
             *       2100,
             *       1310
             *     ]
             */
            put_oi: number[];
            /**
             * Call Volume
             * @description Calls traded today, contracts.
             * @example [
             *       120,
             *       80
             *     ]
             */
            call_volume: number[];
            /**
             * Put Volume
             * @description Puts traded today, contracts.
             * @example [
             *       90,
             *       200
             *     ]
             */
            put_volume: number[];
            /**
             * Call Gex
             * @description Gamma exposure of the calls, in `gamma_exposure.unit_words`.
             * @example [
             *       1200000,
             *       900000
             *     ]
             */
            call_gex: (number | null)[];
            /**
             * Put Gex
             * @description Gamma exposure of the puts, with its sign.
             * @example [
             *       -1400000,
             *       -800000
             *     ]
             */
            put_gex: (number | null)[];
        };
        /**
         * SurfaceAnswer
         * @description The volatility surface: a grid over log-moneyness and expiry.
         */
        SurfaceAnswer: {
            /**
             * Underlying
             * @description The options' root.
             * @example ES
             */
            underlying: string;
            /**
             * Source
             * @description Where the data comes from.
             * @example lean
             */
            source: string;
            /**
             * Currency
             * @description Currency of strikes, forward and Greeks.
             * @example USD
             */
            currency: string | null;
            /**
             * Price Currency
             * @description Unit of option prices: `currency`, or the coin of an inverse option.
             * @example USD
             */
            price_currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Units
             * @description The unit of every number.
             * @example {
             *       "vega": "per volatility point (0.01)"
             *     }
             */
            units: {
                [key: string]: string;
            };
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            surface_model: components["schemas"]["SurfaceModel"];
            /**
             * Log Moneyness
             * @description One per column of `iv`.
             * @example [
             *       -0.1,
             *       0,
             *       0.1
             *     ]
             */
            log_moneyness: number[];
            /**
             * Expiries
             * @description One per row of `iv`, soonest first.
             */
            expiries: components["schemas"]["SurfaceExpiry"][];
            /**
             * Iv
             * @description `iv[expiry][log_moneyness]`, a fraction per year; `raw` is linear in total variance between quotes; null outside them.
             * @example [
             *       [
             *         0.16,
             *         0.12,
             *         0.11
             *       ]
             *     ]
             */
            iv: (number | null)[][];
            /**
             * Rejected
             * @description Quotes not used.
             */
            rejected: components["schemas"]["tradesense__market__options__schemas__RejectedQuote"][];
        };
        /**
         * SurfaceExpiry
         * @description One expiry of the surface.
         */
        SurfaceExpiry: {
            /**
             * Expiry
             * Format: date
             * @description Expiry date, the exchange's own.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Expires At
             * Format: date-time
             * @description Last moment of value.
             * @example 2020-03-20T13:30:00Z
             */
            expires_at: string;
            /**
             * Dte
             * @description Calendar days from `as_of`, on the exchange's calendar.
             * @example 74
             */
            dte: number;
            /**
             * Expiry Years
             * @description Time to `expires_at` in years by `day_count`, to the second.
             * @example 0.2024
             */
            expiry_years: number;
            /**
             * Underlying Symbol
             * @description What the options settle to.
             * @example ES-2020-03
             */
            underlying_symbol: string | null;
            /**
             * Spot
             * @description Index or share price, in `currency`.
             * @example 3246.28
             */
            spot: number | null;
            /**
             * Forward
             * @description Forward of this expiry, in `currency`.
             * @example 3234.125
             */
            forward: number | null;
            /**
             * Forward Source
             * @description `future`: the underlying future's fresh two-sided quote or the venue's own forward; `parity`: put-call parity; `spot_carry`: spot grown at the rate, without yield.
             * @example future
             */
            forward_source: ("future" | "parity" | "spot_carry") | null;
            /**
             * Parity Forward
             * @description What put-call parity says, whichever forward is used.
             * @example 3234.06
             */
            parity_forward: number | null;
            /**
             * Parity Pairs
             * @description Pairs of call and put in the parity fit.
             * @example 38
             */
            parity_pairs: number;
            /**
             * Parity Residual
             * @description Misfit of parity, in price units.
             * @example 0.12
             */
            parity_residual: number | null;
            /**
             * Rate
             * @description Discount rate per year, continuously compounded.
             * @example 0.04
             */
            rate: number;
            /**
             * Rate Source
             * @description `parity`: implied by the quotes; `assumed`: a setting; `convention`: 0, as coin venues.
             * @example assumed
             * @enum {string}
             */
            rate_source: "parity" | "assumed" | "convention";
            /**
             * Dividend Yield
             * @description Yield per year that carries spot to the forward.
             * @example 0.018
             */
            dividend_yield: number | null;
            /**
             * Day Count
             * @description How time is counted.
             * @example ACT/365F
             * @constant
             */
            day_count: "ACT/365F";
            /**
             * As Of
             * Format: date-time
             * @description The instant of all numbers.
             * @example 2020-01-06T15:00:00Z
             */
            as_of: string;
            /**
             * Model
             * @description Pricing model.
             * @example bjerksund_stensland_2002
             * @enum {string}
             */
            model: "black76" | "black_scholes_merton" | "bachelier" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
            /**
             * Delta Kind
             * @description What delta is per 1.00 of.
             * @example forward
             * @enum {string}
             */
            delta_kind: "forward" | "spot" | "premium_adjusted";
            /**
             * Atm Iv
             * @description Volatility at the forward, per year.
             * @example 0.1201
             */
            atm_iv: number | null;
            /**
             * Quotes Used
             * @description Options behind this slice.
             * @example 61
             */
            quotes_used: number;
            /**
             * Parameters
             * @description Of the fitted model: for `svi` the raw a, b, rho, m, sigma of total variance at log-moneyness; null for `raw`, and where nothing could be fitted.
             * @example null
             */
            parameters: {
                [key: string]: number;
            } | null;
            /**
             * Fit Error
             * @description Root mean square misfit in volatility; null for `raw`, which goes through every quote.
             * @example null
             */
            fit_error: number | null;
            /**
             * Fit Status
             * @description `ok`, or why there is no fitted slice: fewer than 6 strikes with a volatility (`too_few_quotes`), the expiry has passed (`no_time_left`), no slice near the quotes is free of butterflies (`not_arbitrage_free`); null for `raw`.
             * @example null
             */
            fit_status: ("ok" | "too_few_quotes" | "no_time_left" | "not_arbitrage_free") | null;
            /**
             * Butterfly Arbitrage
             * @description For `raw`, whether mark prices of the quotes used are not convex in strike somewhere beyond their half-spreads, null with fewer than 3; for `svi`, whether the slice's g(k) is negative somewhere: such a slice is not given.
             * @example false
             */
            butterfly_arbitrage: boolean | null;
            /**
             * Calendar Arbitrage
             * @description Whether total variance is somewhere below that of the expiry before, at equal log-moneyness; null for the first. A fitted slice is kept above the one before where that is quoted, if a free slice near the quotes permits it.
             * @example null
             */
            calendar_arbitrage: boolean | null;
        };
        /**
         * SurfaceModel
         * @description How a surface is made.
         * @enum {string}
         */
        SurfaceModel: "raw" | "svi";
        /**
         * TicketOut
         * @description A ticket for one opening of the stream.
         */
        TicketOut: {
            /**
             * Ticket
             * @description Sent as the subprotocol `ticket.VALUE` beside `tradesense.v1`, or in a first message `{"op":"auth","ticket":VALUE}`; good once. Never a part of an address.
             * @example Zk1mV0x0c3R1bWJsZS1hbmQtZmFsbC1kb3duLXN0YWlycw
             */
            ticket: string;
            /**
             * Expires In
             * @description Seconds for which it is good.
             * @example 30
             */
            expires_in: number;
        };
        /**
         * TokenForm
         * @description The same as an OAuth2 form, as scripts send it; what such a form has beyond that is ignored.
         */
        TokenForm: {
            /**
             * Username
             * @description An e-mail address.
             * @example north@example.com
             */
            username: string;
            /**
             * Password
             * @description At most 1024 bytes; spaces count.
             * @example correct horse battery staple
             */
            password: string;
            /**
             * Grant Type
             * @default password
             * @constant
             */
            grant_type: "password";
            /**
             * Scope
             * @default
             */
            scope: string;
            /** Client Id */
            client_id?: string | null;
            /** Client Secret */
            client_secret?: string | null;
        };
        /**
         * TradingWindow
         * @description One stretch of a trading day, by the clock of `hours_zone`.
         */
        TradingWindow: {
            /**
             * Opens
             * @example 17:00
             */
            opens: string;
            /**
             * Closes
             * @example 16:00
             */
            closes: string;
            /** Opens Day Before */
            opens_day_before: boolean;
        };
        /**
         * UnderlyingItem
         * @description One family of options: those whose symbols begin with `underlying`.
         */
        UnderlyingItem: {
            /**
             * Underlying
             * @description The options' root, as used in the paths.
             * @example ES
             */
            underlying: string;
            /**
             * Source
             * @description Where the data comes from.
             * @example lean
             */
            source: string;
            /**
             * Sources
             * @description Every source that has data by then.
             * @example [
             *       "lean"
             *     ]
             */
            sources: string[];
            /**
             * Exchange
             * @description Where the options trade.
             * @example CME
             */
            exchange: string | null;
            /**
             * Currency
             * @description Currency of strikes and Greeks.
             * @example USD
             */
            currency: string | null;
            /**
             * Multiplier
             * @description Currency per 1.00 of price.
             * @example 50
             */
            multiplier: number | null;
            /**
             * Exercise
             * @description `european` or `american`.
             * @example american
             */
            exercise: string | null;
            /**
             * Inverse
             * @description Whether prices are in coin.
             * @example false
             */
            inverse: boolean;
            /**
             * As Of
             * Format: date-time
             * @description The instant this entry is for.
             * @example 2020-01-06T20:59:00Z
             */
            as_of: string;
            /**
             * Newest Ts
             * Format: date-time
             * @description Time of the newest row.
             * @example 2020-01-06T20:59:00Z
             */
            newest_ts: string;
            /**
             * Oldest Ts
             * Format: date-time
             * @description Time of the oldest row.
             * @example 2020-01-05T23:01:00Z
             */
            oldest_ts: string;
            /**
             * Status
             * @description How fresh the data was when asked for: up to 90 s `live`, to 20 min `delayed`, then `stale`; `closed` outside trading hours.
             * @example closed
             * @enum {string}
             */
            status: "live" | "delayed" | "stale" | "closed";
            /**
             * Atm Expiry
             * @description The expiry that `atm_iv` is of: the first with more than a day to go.
             * @example 2020-03-20
             */
            atm_expiry: string | null;
            /**
             * Atm Iv
             * @description Volatility at the forward, per year.
             * @example 0.121
             */
            atm_iv: number | null;
            /**
             * Forward
             * @description Forward of `atm_expiry`, in `currency`.
             * @example 3234.125
             */
            forward: number | null;
            /**
             * Expiries
             * @description Those that have not passed, soonest first.
             */
            expiries: components["schemas"]["StoredExpiryItem"][];
        };
        /**
         * UnderlyingsAnswer
         * @description The families of options with stored data.
         */
        UnderlyingsAnswer: {
            /**
             * As Of
             * Format: date-time
             * @description The instant asked for, or now.
             * @example 2020-01-06T21:00:00Z
             */
            as_of: string;
            /**
             * Items
             * @description By root.
             */
            items: components["schemas"]["UnderlyingItem"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null on the last one.
             * @example null
             */
            next_cursor: string | null;
        };
        /**
         * UserChange
         * @description What an administrator may change about an account; what is left out stays.
         */
        UserChange: {
            role?: components["schemas"]["Role"] | null;
            status?: components["schemas"]["Status"] | null;
        };
        /**
         * UserItem
         * @description An account, to an administrator.
         */
        UserItem: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Email
             * @example north@example.com
             */
            email: string;
            /**
             * Full Name
             * @example North
             */
            full_name: string | null;
            role: components["schemas"]["Role"];
            status: components["schemas"]["Status"];
            /** Email Verified */
            email_verified: boolean;
            /** Mfa Enabled */
            mfa_enabled: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Last Login At */
            last_login_at: string | null;
        };
        /**
         * UserOut
         * @description An account, to the one whose it is.
         */
        UserOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Email
             * @example north@example.com
             */
            email: string;
            /**
             * Full Name
             * @example North
             */
            full_name: string | null;
            role: components["schemas"]["Role"];
            /**
             * Permissions
             * @description What the caller may do with this credential.
             */
            permissions: components["schemas"]["Permission"][];
            /** Email Verified */
            email_verified: boolean;
            /** Mfa Enabled */
            mfa_enabled: boolean;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * ValidationProblem
         * @description A 422, with each part of the request that is not valid.
         */
        ValidationProblem: {
            /**
             * Type
             * @description Names the kind of problem.
             * @example about:blank
             */
            type: string;
            /**
             * Title
             * @description The status in words.
             * @example Not Found
             */
            title: string;
            /**
             * Status
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /**
             * Detail
             * @description What happened, for people.
             * @example There is no instrument ES-1999-03.
             */
            detail: string;
            /**
             * Code
             * @description What happened, for programs; stable.
             * @example unknown_instrument
             */
            code: string;
            /**
             * Request Id
             * @description The same as in `X-Request-ID`.
             * @example 0f8fad5bd9cb469fa16570867728950e
             */
            request_id: string;
            /**
             * Errors
             * @description At most 50 of them.
             */
            errors?: components["schemas"]["FieldError"][];
        };
        /**
         * WatchlistChange
         * @description What to change about a list; what is left out stays.
         */
        WatchlistChange: {
            /** Name */
            name?: string | null;
            /**
             * Symbols
             * @description The whole list in its new order.
             */
            symbols?: string[] | null;
        };
        /**
         * WatchlistIn
         * @description A new list.
         */
        WatchlistIn: {
            /**
             * Name
             * @description What the list is called.
             * @example Energy
             */
            name: string;
            /**
             * Symbols
             * @description Canonical symbols in the order they are shown, each once.
             * @example [
             *       "ES-2020-03"
             *     ]
             */
            symbols?: string[];
        };
        /**
         * WatchlistOut
         * @description A list; `version` grows with each change and is the `ETag`.
         */
        WatchlistOut: {
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Name
             * @example Energy
             */
            name: string;
            /**
             * Symbols
             * @example [
             *       "ES-2020-03"
             *     ]
             */
            symbols: string[];
            /**
             * Version
             * @example 1
             */
            version: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
        };
        /**
         * WatchlistsOut
         * @description All lists of one person, the oldest first.
         */
        WatchlistsOut: {
            /** Items */
            items: components["schemas"]["WatchlistOut"][];
        };
        /**
         * RejectedQuote
         * @description A quote that was left out, by its place in the request.
         */
        tradesense__market__live__push_schemas__RejectedQuote: {
            /** Index */
            index: number;
            /** Reason */
            reason: string;
        };
        /**
         * RejectedQuote
         * @description An out-of-the-money option that has no place in the smile.
         */
        tradesense__market__options__schemas__RejectedQuote: {
            /**
             * Symbol
             * @description Canonical symbol.
             * @example ES-2020-03-20-4200-C
             */
            symbol: string;
            /**
             * Expiry
             * Format: date
             * @description Expiry date.
             * @example 2020-03-20
             */
            expiry: string;
            /**
             * Strike
             * @description Strike in `currency`.
             * @example 4200
             */
            strike: number;
            /**
             * Right
             * @description Call or put.
             * @example C
             * @enum {string}
             */
            right: "C" | "P";
            /**
             * Status
             * @description Why.
             * @example no_quote
             * @enum {string}
             */
            status: "ok" | "no_quote" | "crossed" | "wide" | "below_intrinsic" | "no_solution" | "expired";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    get_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description A part is down. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    list_futures: {
        parameters: {
            query?: {
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOf_FuturesProduct_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_futures_quotes: {
        parameters: {
            query: {
                /** @description Canonical symbols, a comma list of at most 200. */
                symbols: string;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotesAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    query_futures_quotes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotesQuestion"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotesAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_future: {
        parameters: {
            query?: {
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                root: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FuturesProductDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_futures_curve: {
        parameters: {
            query?: {
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Further instants, or dates (their last moment, UTC), to lay over it; a comma list of at most 8. */
                compare?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                root: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurveAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_futures_spreads: {
        parameters: {
            query?: {
                /** @description Only this kind. */
                kind?: components["schemas"]["SpreadKind"];
                /** @description Which contracts make calendar spreads. */
                pairs?: "neighbours" | "all";
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                root: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpreadsAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_futures_continuous: {
        parameters: {
            query?: {
                /** @description 1: the front; 2: the contract behind it by expiry, and so on. */
                rank?: number;
                /** @description When to go on: by `calendar`; when a later contract traded more (`volume`) or has more open interest (`oi`); or where the `source` itself did. */
                roll?: components["schemas"]["RollRule"];
                /** @description How earlier prices are shifted at each roll: `none`, by the gap (`difference`), or by the factor (`ratio`). The newest contract's prices are always its own. */
                adjust?: components["schemas"]["Adjust"];
                /** @description The length of a bar; without it 1d, or the source's own times with `roll=source`. */
                interval?: components["schemas"]["BarInterval"];
                /** @description By calendar: how many trading days a contract is left before its last one, or, where that is earlier, before the day ahead of first notice. */
                roll_days?: number;
                /** @description Month codes of the contracts to hold, as `HMUZ`. */
                months?: string;
                /** @description Most rows the answer holds. */
                limit?: number;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description The first instant wanted, RFC 3339 with its offset. */
                from?: string;
                /** @description The end, exclusive, RFC 3339 with its offset. */
                to?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                root: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContinuousAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_futures_rolls: {
        parameters: {
            query?: {
                /** @description 1: the front; 2: the contract behind it by expiry, and so on. */
                rank?: number;
                /** @description When to go on: by `calendar`; when a later contract traded more (`volume`) or has more open interest (`oi`); or where the `source` itself did. */
                roll?: components["schemas"]["RollRule"];
                /** @description By calendar: how many trading days a contract is left before its last one, or, where that is earlier, before the day ahead of first notice. */
                roll_days?: number;
                /** @description Month codes of the contracts to hold, as `HMUZ`. */
                months?: string;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                root: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollsAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_futures_roll: {
        parameters: {
            query?: {
                /** @description By calendar: how many trading days a contract is left before its last one, or, where that is earlier, before the day ahead of first notice. */
                roll_days?: number;
                /** @description Days of history to show. */
                days?: number;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                root: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollMonitor"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_instruments: {
        parameters: {
            query?: {
                /** @description Part of a symbol, a venue's symbol, a root or a product's name. */
                q?: string;
                /** @description Only this kind. */
                kind?: components["schemas"]["Kind"];
                /** @description Only this root. */
                root?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Most items a page holds. */
                limit?: number;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOf_InstrumentItem_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_instrument: {
        parameters: {
            query?: {
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
            };
            header?: never;
            path: {
                /** @description A canonical symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstrumentDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_instrument_bars: {
        parameters: {
            query?: {
                /** @description The length of a bar. */
                interval?: components["schemas"]["BarInterval"];
                /** @description Most rows the answer holds. */
                limit?: number;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description The first instant wanted, RFC 3339 with its offset. */
                from?: string;
                /** @description The end, exclusive, RFC 3339 with its offset. */
                to?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description A canonical symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BarsAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_instrument_depth: {
        parameters: {
            query?: {
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
            };
            header?: never;
            path: {
                /** @description A canonical symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepthAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_instrument_quotes: {
        parameters: {
            query?: {
                /** @description Most rows the answer holds. */
                limit?: number;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description The first instant wanted, RFC 3339 with its offset. */
                from?: string;
                /** @description The end, exclusive, RFC 3339 with its offset. */
                to?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description A canonical symbol. */
                symbol: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredQuotesAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_option_underlyings: {
        parameters: {
            query?: {
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Most items a page holds. */
                limit?: number;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnderlyingsAnswer"];
                };
            };
            /** @description The caller has this state already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_option_chain: {
        parameters: {
            query?: {
                /** @description Expiry date; without it, the first that has not passed. */
                expiry?: string;
                /** @description `atm:10` keeps the strike nearest to the forward and 10 on either side, `pct:0.1` those within 10 % of the forward, `delta:0.1..0.9` those where the absolute delta of call or put is in the band, `all` every strike. */
                strikes?: string;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Pricing model; without it, the one for the exercise style. */
                model?: components["schemas"]["Model"];
                /** @description What delta is per 1.00 of; without it, spot on an index or share, else forward. */
                delta_kind?: components["schemas"]["DeltaKind"];
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                underlying: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChainAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description The caller has this state already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_option_heatmap: {
        parameters: {
            query?: {
                /** @description What to show. */
                metric?: components["schemas"]["Metric"];
                /** @description The option of a strike to show; `otm` adds up open interest and volume of both. */
                side?: components["schemas"]["HeatmapSide"];
                /** @description Expiry dates with commas between, 12 at most. */
                expiry?: string;
                /** @description `atm:10` keeps the strike nearest to the forward and 10 on either side, `pct:0.1` those within 10 % of the forward, `delta:0.1..0.9` those where the absolute delta of call or put is in the band, `all` every strike. */
                strikes?: string;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Pricing model; without it, the one for the exercise style. */
                model?: components["schemas"]["Model"];
                /** @description What delta is per 1.00 of; without it, spot on an index or share, else forward. */
                delta_kind?: components["schemas"]["DeltaKind"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                underlying: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeatmapAnswer"];
                };
            };
            /** @description The caller has this state already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_option_smile: {
        parameters: {
            query?: {
                /** @description Expiry dates with commas between, 12 at most. */
                expiry?: string;
                /** @description Further dates (their end in UTC) or instants to overlay, 12 at most. */
                compare?: string;
                /** @description The axis of `x`. */
                x?: components["schemas"]["SmileAxis"];
                /** @description How the curve is made. */
                fit?: components["schemas"]["SmileFit"];
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Pricing model; without it, the one for the exercise style. */
                model?: components["schemas"]["Model"];
                /** @description What delta is per 1.00 of; without it, spot on an index or share, else forward. */
                delta_kind?: components["schemas"]["DeltaKind"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                underlying: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmileAnswer"];
                };
            };
            /** @description The caller has this state already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_volatility_surface: {
        parameters: {
            query?: {
                /** @description How the surface is made: `raw` goes through the quotes, `svi` fits each expiry's without arbitrage. */
                model?: components["schemas"]["SurfaceModel"];
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                underlying: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SurfaceAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description The caller has this state already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_option_analytics: {
        parameters: {
            query?: {
                /** @description Expiry dates with commas between, 12 at most. */
                expiry?: string;
                /** @description Who is assumed to hold the open options; the answer says it in words. */
                gex_sign?: components["schemas"]["GexSign"];
                /** @description What the underlying is thought to move; the answer gives the formula. */
                gex_unit?: components["schemas"]["GexUnit"];
                /** @description Days to rank the 30-day volatility among; 0 leaves the rank out, which is quicker. */
                iv_days?: number;
                /** @description Answer as of this instant (RFC 3339 with offset); without it, the newest state. */
                as_of?: string;
                /** @description Only data of this source; without it, the one with the latest data. */
                source?: string;
                /** @description Pricing model; without it, the one for the exercise style. */
                model?: components["schemas"]["Model"];
                /** @description What delta is per 1.00 of; without it, spot on an index or share, else forward. */
                delta_kind?: components["schemas"]["DeltaKind"];
                /** @description What to answer with; without it, the `Accept` header decides. */
                format?: components["schemas"]["Format"];
            };
            header?: never;
            path: {
                /** @description The root of a product, or of a family of options. */
                underlying: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnalyticsAnswer"];
                    "text/csv": string;
                    "application/vnd.apache.parquet": string;
                    "application/vnd.apache.arrow.stream": string;
                };
            };
            /** @description The caller has this state already. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compute_greeks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Model
                     * @description Pricing model on the forward.
                     * @example black76
                     * @enum {string}
                     */
                    model: "black76" | "bachelier";
                    /**
                     * ForwardGreeksColumns
                     * @description Columns of equal length, or one value for all rows.
                     */
                    columns: {
                        /**
                         * Vol
                         * @description Fraction per year; for `bachelier` price units per square root of a year.
                         * @example [
                         *       0.2,
                         *       0.25
                         *     ]
                         */
                        vol: (number | null)[] | number | null;
                        /**
                         * Right
                         * @description `C` or `P`; another text is `invalid`.
                         * @example [
                         *       "C",
                         *       "P"
                         *     ]
                         */
                        right: (string | null)[] | string | null;
                        /**
                         * Strike
                         * @description One value per row, or one for all.
                         * @example [
                         *       95,
                         *       105
                         *     ]
                         */
                        strike: (number | null)[] | number | null;
                        /**
                         * Expiry Years
                         * @description Years to expiry.
                         * @example [
                         *       0.25,
                         *       0.25
                         *     ]
                         */
                        expiry_years: (number | null)[] | number | null;
                        /**
                         * Rate
                         * @description Per year, continuous; 0 where left out.
                         * @default 0
                         * @example [
                         *       0.03
                         *     ]
                         */
                        rate?: (number | null)[] | number | null;
                        /**
                         * Forward
                         * @description Forward price.
                         * @example [
                         *       100,
                         *       100
                         *     ]
                         */
                        forward: (number | null)[] | number | null;
                    };
                } | {
                    /**
                     * Model
                     * @description Pricing model on spot.
                     * @example black_scholes_merton
                     * @enum {string}
                     */
                    model: "black_scholes_merton" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
                    /**
                     * SpotGreeksColumns
                     * @description Columns of equal length, or one value for all rows.
                     */
                    columns: {
                        /**
                         * Vol
                         * @description Fraction per year; for `bachelier` price units per square root of a year.
                         * @example [
                         *       0.2,
                         *       0.25
                         *     ]
                         */
                        vol: (number | null)[] | number | null;
                        /**
                         * Right
                         * @description `C` or `P`; another text is `invalid`.
                         * @example [
                         *       "C",
                         *       "P"
                         *     ]
                         */
                        right: (string | null)[] | string | null;
                        /**
                         * Strike
                         * @description One value per row, or one for all.
                         * @example [
                         *       95,
                         *       105
                         *     ]
                         */
                        strike: (number | null)[] | number | null;
                        /**
                         * Expiry Years
                         * @description Years to expiry.
                         * @example [
                         *       0.25,
                         *       0.25
                         *     ]
                         */
                        expiry_years: (number | null)[] | number | null;
                        /**
                         * Rate
                         * @description Per year, continuous; 0 where left out.
                         * @default 0
                         * @example [
                         *       0.03
                         *     ]
                         */
                        rate?: (number | null)[] | number | null;
                        /**
                         * Spot
                         * @description Spot price.
                         * @example [
                         *       100,
                         *       100
                         *     ]
                         */
                        spot: (number | null)[] | number | null;
                        /**
                         * Dividend Yield
                         * @description Per year, continuous; 0 where left out. An option on a future: `spot` is the future's price, `dividend_yield` the rate.
                         * @default 0
                         * @example [
                         *       0
                         *     ]
                         */
                        dividend_yield?: (number | null)[] | number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GreeksAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compute_implied_vol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Model
                     * @description Pricing model on the forward.
                     * @example black76
                     * @enum {string}
                     */
                    model: "black76" | "bachelier";
                    /**
                     * ForwardVolColumns
                     * @description Columns of equal length, or one value for all rows.
                     */
                    columns: {
                        /**
                         * Price
                         * @description Option price.
                         * @example [
                         *       6.9,
                         *       7.6
                         *     ]
                         */
                        price: (number | null)[] | number | null;
                        /**
                         * Right
                         * @description `C` or `P`; another text is `invalid`.
                         * @example [
                         *       "C",
                         *       "P"
                         *     ]
                         */
                        right: (string | null)[] | string | null;
                        /**
                         * Strike
                         * @description One value per row, or one for all.
                         * @example [
                         *       95,
                         *       105
                         *     ]
                         */
                        strike: (number | null)[] | number | null;
                        /**
                         * Expiry Years
                         * @description Years to expiry.
                         * @example [
                         *       0.25,
                         *       0.25
                         *     ]
                         */
                        expiry_years: (number | null)[] | number | null;
                        /**
                         * Rate
                         * @description Per year, continuous; 0 where left out.
                         * @default 0
                         * @example [
                         *       0.03
                         *     ]
                         */
                        rate?: (number | null)[] | number | null;
                        /**
                         * Forward
                         * @description Forward price.
                         * @example [
                         *       100,
                         *       100
                         *     ]
                         */
                        forward: (number | null)[] | number | null;
                    };
                } | {
                    /**
                     * Model
                     * @description Pricing model on spot.
                     * @example black_scholes_merton
                     * @enum {string}
                     */
                    model: "black_scholes_merton" | "bjerksund_stensland_2002" | "barone_adesi_whaley" | "binomial";
                    /**
                     * SpotVolColumns
                     * @description Columns of equal length, or one value for all rows.
                     */
                    columns: {
                        /**
                         * Price
                         * @description Option price.
                         * @example [
                         *       6.9,
                         *       7.6
                         *     ]
                         */
                        price: (number | null)[] | number | null;
                        /**
                         * Right
                         * @description `C` or `P`; another text is `invalid`.
                         * @example [
                         *       "C",
                         *       "P"
                         *     ]
                         */
                        right: (string | null)[] | string | null;
                        /**
                         * Strike
                         * @description One value per row, or one for all.
                         * @example [
                         *       95,
                         *       105
                         *     ]
                         */
                        strike: (number | null)[] | number | null;
                        /**
                         * Expiry Years
                         * @description Years to expiry.
                         * @example [
                         *       0.25,
                         *       0.25
                         *     ]
                         */
                        expiry_years: (number | null)[] | number | null;
                        /**
                         * Rate
                         * @description Per year, continuous; 0 where left out.
                         * @default 0
                         * @example [
                         *       0.03
                         *     ]
                         */
                        rate?: (number | null)[] | number | null;
                        /**
                         * Spot
                         * @description Spot price.
                         * @example [
                         *       100,
                         *       100
                         *     ]
                         */
                        spot: (number | null)[] | number | null;
                        /**
                         * Dividend Yield
                         * @description Per year, continuous; 0 where left out. An option on a future: `spot` is the future's price, `dividend_yield` the rate.
                         * @default 0
                         * @example [
                         *       0
                         *     ]
                         */
                        dividend_yield?: (number | null)[] | number | null;
                    };
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImpliedVolAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    evaluate_strategy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StrategyQuestion"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StrategyAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_feeds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedsAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    switch_feed: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The feed. */
                feed: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feed"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    practise_fault: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The feed. */
                feed: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feed"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    push_quotes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuotesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Where addresses are confirmed first: a mail was sent. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOnTheWay"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"] | components["schemas"]["MfaRequired"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenForm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedInScript"] | components["schemas"]["MfaRequired"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefreshedScript"] | components["schemas"]["Refreshed"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChangeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forgot_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgotIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOnTheWay"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, as the list shows it. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    log_out_all: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_csrf_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CsrfToken"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaStateOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_up_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MfaSetupIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MfaSetupOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MfaVerifyIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    answer_mfa_challenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MfaChallengeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"] | components["schemas"]["SignedInScript"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disable_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MfaProofIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MfaProofIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_api_keys: {
        parameters: {
            query?: {
                /** @description Most items a page holds. */
                limit?: number;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOf_ApiKeyOut_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_api_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable characters. The same call with the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyMade"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key's id, as the list shows it. */
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailChangeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOnTheWay"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailVerifyIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resend_verification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResendIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOnTheWay"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_events: {
        parameters: {
            query?: {
                /** @description Most items a page holds. */
                limit?: number;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOf_AuditItem_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_preferences: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version this replaces; without it, whichever is kept. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description A part of the e-mail address. */
                q?: string;
                /** @description Only this role. */
                role?: components["schemas"]["Role"];
                /** @description Only accounts in this state. */
                status?: components["schemas"]["Status"];
                /** @description Most items a page holds. */
                limit?: number;
                /** @description The `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOf_UserItem_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountExport"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The account's id. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserItem"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_watchlists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchlistsOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_watchlist: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable characters. The same call with the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WatchlistIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchlistOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_watchlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The list's id, as the lists show it. */
                list_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchlistOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_watchlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The list's id, as the lists show it. */
                list_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_watchlist: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version this replaces; without it, whichever is kept. */
                "if-match"?: string;
            };
            path: {
                /** @description The list's id, as the lists show it. */
                list_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WatchlistChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchlistOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_strategies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StrategiesOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_strategy: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 64 printable characters. The same call with the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StrategyIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StrategyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_strategy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The strategy's id, as the list shows it. */
                strategy_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StrategyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_strategy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The strategy's id, as the list shows it. */
                strategy_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_strategy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the version this replaces; without it, whichever is kept. */
                "if-match"?: string;
            };
            path: {
                /** @description The strategy's id, as the list shows it. */
                strategy_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StrategyChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StrategyOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Precondition Failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description URI Too Long */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_stream_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketOut"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ValidationProblem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

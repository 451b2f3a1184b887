"""A pretend Allegro on a loopback port, for the demo and the tests.

It is Allegro, not us: it shares no code with the client (`api.allegro`) or the rules (`policy`), keeps its
own model (`model`), and writes wire JSON (`wire`). A request goes `app` -> `checks` -> one of `resources`
-> `state`, and comes back through `wire`; what is refused goes back as a `refusal.RefusalError`. What goes
wrong on purpose stands around all that (`faults`); what happens by itself waits on an `agenda` until
somebody looks.

`/messaging` is spoken in `application/vnd.allegro.beta.v1+json` only: its public.v1 is answered with 406
and the envelope for now. `/me` and `/order` are spoken in `application/vnd.allegro.public.v1+json`.

Where Allegro's behaviour is written nowhere, the simulator takes the strictest reading and says so beside
the code.
"""

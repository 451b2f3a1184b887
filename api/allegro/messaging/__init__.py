"""The Message Center: conversations, their messages, messages to buyers and what is attached to them.

resource.py     what the rest of the program calls
dialect.py      what the two versions of `/messaging` share, and the form of a question
beta.py         beta.v1, the version in which problems with a purchase appear
public.py       public.v1, where Allegro no longer (or not yet) knows beta.v1
version.py      which of them is spoken, and how that is found out
attachments.py  files on their way to Allegro and back
"""

from api.allegro.messaging.resource import MessagingResource

__all__ = ["MessagingResource"]

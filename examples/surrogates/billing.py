"""A billing module that always reports the account as one year old: the example of the vendor's billing guide."""

from apnscp.surrogates import Surrogate, moved


class Billing(Surrogate):
    """Extends the module of the panel; what it does not say it inherits."""

    def get_customer_since(self) -> int:
        return int(moved(self.ctx.clock.now(), "-1 year"))

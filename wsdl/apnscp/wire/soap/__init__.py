"""PHP values as SOAP-encoded XML: envelopes, faults and the description (WSDL)."""

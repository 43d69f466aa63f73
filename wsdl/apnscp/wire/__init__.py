"""What both ends of the API speak: PHP values as SOAP-encoded XML, envelopes, faults and the WSDL."""

"""The settings of the panel itself: config.ini, its clock, its versions, and facts of the machine."""

"""What can be done with people; every act checks the actor's right and writes what it must.

A registered person is somebody who agreed to the present text. A grant stands until it is revoked.
Personal fields are sealed; only `personal` opens them.
"""

/** Places on the map: degrees of WGS 84, distances over ground as the crow flies. */
import { Field, Float, InputType, ObjectType } from 'type-graphql';
import { badUserInput } from '../lib/errors';

@ObjectType({ simpleResolvers: true, description: 'A point on the map, WGS 84 (not GCJ-02 or BD-09).' })
export class GeoPoint {
  @Field(() => Float, { description: '纬度: degrees north, −90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: '经度: degrees east, −180 to 180.' })
  longitude!: number;
}

@InputType({ description: 'A point on the map, WGS 84. One that is not on the globe is BAD_USER_INPUT.' })
export class GeoPointInput {
  @Field(() => Float, { description: '纬度: degrees north, −90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: '经度: degrees east, −180 to 180.' })
  longitude!: number;
}

/** The most degrees, either way. */
const bounds = { latitude: 90, longitude: 180 } as const;

/** What is wrong with a coordinate, or null if it is on the globe. */
export function coordinateFault(axis: keyof typeof bounds, degrees: number): string | null {
  const most = bounds[axis];
  return Math.abs(degrees) <= most ? null : `is ${degrees}, wanted -${most} to ${most}`;
}

/** Refuses a point that is not on the globe; `path` leads to the point. */
export function refuseNoPoint(path: readonly string[], point: GeoPoint): void {
  for (const axis of ['latitude', 'longitude'] as const) {
    const fault = coordinateFault(axis, point[axis]);
    if (fault) throw badUserInput(`${axis} ${fault}`, [...path, axis]);
  }
}

/** The earth's mean radius (IUGG). */
const earthRadiusMeters = 6_371_008.8;

/** The distance between two points on the great circle (haversine), in whole metres. */
export function distanceMeters(a: GeoPoint, b: GeoPoint): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const across =
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude);
  const root = Math.sqrt(half(a.latitude, b.latitude) + across);
  // Rounding may take opposite points of the globe a little above 1.
  return Math.round(2 * earthRadiusMeters * Math.asin(Math.min(1, root)));
}
